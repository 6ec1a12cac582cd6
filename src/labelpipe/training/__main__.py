"""`python -m labelpipe.training`: train the placer and write its model file; the same input gives the same bytes."""

import os
import sys
from pathlib import Path

THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")


def main() -> int:
    """Train on the corpora that LABELPIPE_SHARED points to, and on the monographs in `training/`."""
    os.environ.update(dict.fromkeys(THREADS, "1"))
    from labelpipe.sections.model import FILE
    from labelpipe.training.documents import label_documents, monograph_documents
    from labelpipe.training.fit import fit_model
    from labelpipe.training.save import save_arrays

    shared = os.environ.get("LABELPIPE_SHARED")
    if not shared:
        print("LABELPIPE_SHARED must name the folder that holds `corpus`", file=sys.stderr)
        return 2
    held_out = set(Path("training/held_out.txt").read_text(encoding="utf-8").split())
    documents = [d for d in monograph_documents(Path("training/monographs")) if d.name not in held_out]
    documents += label_documents(Path(shared))
    save_arrays(Path(__file__).parent.parent / "sections" / FILE, fit_model(documents))
    return 0


if __name__ == "__main__":
    sys.exit(main())

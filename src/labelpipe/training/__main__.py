"""`python -m labelpipe.training`: train the placer and write its model file; the same input gives the same bytes."""

import os
import sys
from pathlib import Path

THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")


def main() -> int:
    """Train on the corpora that LABELPIPE_SHARED points to, and on the monographs in `training/`."""
    os.environ.update(dict.fromkeys(THREADS, "1"))
    shared = os.environ.get("LABELPIPE_SHARED")
    if not shared:
        print("LABELPIPE_SHARED must name the folder that holds `corpus`", file=sys.stderr)
        return 2
    from labelpipe.training.run import run

    run(Path(shared), Path("training"), validated="--fast" not in sys.argv)
    return 0


if __name__ == "__main__":
    sys.exit(main())

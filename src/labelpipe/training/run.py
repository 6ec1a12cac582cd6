"""The whole training, in its order: read, fit the words, fit the chains, write the model, score the method."""

import json
from pathlib import Path
from typing import Any

from labelpipe.evaluation import GoldDocument, as_dict, score_documents
from labelpipe.sections import model
from labelpipe.training.documents import damaged_copies, label_documents, monograph_documents
from labelpipe.training.fit import fit_chains, fit_words_model, folds_of, heard_unseen
from labelpipe.training.monographs import read_monograph, read_remarks
from labelpipe.training.save import save_arrays
from labelpipe.training.validate import cross_validate


def run(shared: Path, own: Path, validated: bool) -> None:
    """Train on the corpora under `shared` and the monographs under `own`; write the model and, if asked, the scores."""
    held_out = set((own / "held_out.txt").read_text(encoding="utf-8").split())
    documents = [document for document in monograph_documents(own) if document.name.split()[0] not in held_out]
    documents += label_documents(shared)
    folds = folds_of(documents)
    unseen = heard_unseen(documents, folds)
    save_arrays(Path(model.__file__).with_name(model.FILE), fit_words_model(documents) | fit_chains(unseen))
    if validated:
        scores = {"cross_validation": cross_validate(unseen, folds), "held_out": held_out_scores(own, held_out)}
        (own / "scores.json").write_text(json.dumps(scores, indent=1, sort_keys=True) + "\n", encoding="utf-8")


def held_out_scores(own: Path, names: set[str]) -> dict[str, Any]:
    """Score the model file on the damaged copies of the monographs that it was not trained on."""
    remarks = read_remarks(own / "callouts.md")
    found: dict[str, list[GoldDocument]] = {}
    for name in sorted(names):
        for copy, _ in damaged_copies(read_monograph(own / "monographs" / f"{name}.md"), remarks):
            found.setdefault(copy.name.partition(" ")[2], []).append(copy)
    return {kind: as_dict(score_documents(copies)) for kind, copies in sorted(found.items())}

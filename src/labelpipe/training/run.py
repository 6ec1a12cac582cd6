"""The whole training, in its order: read, fit the words, fit the chains, write the model, score it and the method."""

import json
from pathlib import Path
from typing import Any

from labelpipe.sections import model
from labelpipe.training.documents import Document, label_documents, monograph_documents, review_documents
from labelpipe.training.fit import fit_chains, fit_words_models, folds_of, heard_unseen
from labelpipe.training.held_out import held_out_scores
from labelpipe.training.save import save_arrays
from labelpipe.training.validate import cross_validate


def run(shared: Path, own: Path, validated: bool) -> None:
    """Train on the corpora under `shared` and what is under `own`; write the model and, if asked, the scores.

    The model learns from all but the monographs held out. On these the model that was written is scored; the other
    scores are the method's: of models that had not seen the drug they are scored on.
    """
    documents = read_documents(shared, own)
    folds = folds_of(documents)
    unseen = heard_unseen(documents, folds)
    save_arrays(Path(model.__file__).with_name(model.FILE), fit_words_models(documents) | fit_chains(unseen))
    if validated:
        model.load_model.cache_clear()
        _write(own, {"held_out": held_out_scores(own), "cross_validation": cross_validate(unseen, folds)})


def read_documents(shared: Path, own: Path) -> list[Document]:
    """Return all training documents: our own pages, the reviewed ones, and the corpora."""
    return [*monograph_documents(own), *review_documents(own), *label_documents(shared)]


def _write(own: Path, scores: dict[str, Any]) -> None:
    (own / "scores.json").write_text(json.dumps(scores, indent=1, sort_keys=True) + "\n", encoding="utf-8")

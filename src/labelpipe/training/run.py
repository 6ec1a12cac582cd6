"""The whole training, in its order: read, fit the words and both looks, write the model, score it and the method."""

import json
from pathlib import Path
from typing import Any

from labelpipe.sections import model
from labelpipe.training.documents import (
    Document,
    held_out_drugs,
    label_documents,
    monograph_documents,
    review_documents,
    section_documents,
)
from labelpipe.training.fit import fit_first_looks, fit_second_looks, fit_words_models, folds_of, heard_unseen
from labelpipe.training.held_out import held_out_scores
from labelpipe.training.save import save_arrays
from labelpipe.training.validate import cross_validate, look_unseen


def run(shared: Path, own: Path, validated: bool) -> None:
    """Train on the corpora under `shared` and what is under `own`; write the model and, if asked, the scores.

    The model learns from all but the monographs held out. On these the model that was written is scored; the other
    scores are the method's: of models that had not seen the drug they are scored on.
    """
    documents = read_documents(shared, own)
    folds = folds_of(documents)
    unseen = heard_unseen(documents, folds)
    looks = look_unseen(unseen, folds)
    chains = fit_first_looks(unseen) | fit_second_looks(unseen)
    save_arrays(Path(model.__file__).with_name(model.FILE), fit_words_models(documents) | chains)
    if validated:
        model.load_model.cache_clear()
        _write(own, {"held_out": held_out_scores(own), "cross_validation": cross_validate(unseen, folds, looks)})


def read_documents(shared: Path, own: Path) -> list[Document]:
    """Return all training documents: our own pages, the reviewed ones, and the corpora."""
    pages, labels = [*monograph_documents(own), *review_documents(own)], list(label_documents(shared))
    drugs = {document.drug for document in labels}
    return [*pages, *labels, *section_documents(shared, drugs, held_out_drugs(own))]


def _write(own: Path, scores: dict[str, Any]) -> None:
    (own / "scores.json").write_text(json.dumps(scores, indent=1, sort_keys=True) + "\n", encoding="utf-8")

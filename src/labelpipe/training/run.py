"""The whole training, in its order: read, fit the words, fit the chains, write the model, score the method."""

import json
from pathlib import Path

from labelpipe.sections import model
from labelpipe.training.documents import label_documents, monograph_documents
from labelpipe.training.fit import fit_chains, fit_words_model, folds_of, heard_unseen
from labelpipe.training.save import save_arrays
from labelpipe.training.validate import cross_validate


def run(shared: Path, own: Path, validated: bool) -> None:
    """Train on the corpora under `shared` and the monographs under `own`; write the model and, if asked, the scores.

    The model learns from all of them. The scores are of models that had not seen the drug they are scored on.
    """
    documents = [*monograph_documents(own), *label_documents(shared)]
    folds = folds_of(documents)
    unseen = heard_unseen(documents, folds)
    save_arrays(Path(model.__file__).with_name(model.FILE), fit_words_model(documents) | fit_chains(unseen))
    if validated:
        held_out = frozenset((own / "held_out.txt").read_text(encoding="utf-8").split())
        scores = {"cross_validation": cross_validate(unseen, folds, held_out)}
        (own / "scores.json").write_text(json.dumps(scores, indent=1, sort_keys=True) + "\n", encoding="utf-8")

"""Score the method on drugs that it had not seen: every fold is placed by a model that was fitted on the others."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from labelpipe.evaluation import as_dict, score_lines
from labelpipe.evaluation.scores import SCORED_KINDS, Placed
from labelpipe.sections.model import chances_of
from labelpipe.training.fit import FOLDS, Heard, fit_chains
from labelpipe.vocabulary import sections


def cross_validate(documents: Sequence[Heard], folds: Mapping[str, int]) -> dict[str, Any]:
    """Return the scores of each source and variant."""
    lines: dict[str, list[Placed]] = {}
    for fold in range(FOLDS):
        arrays = fit_chains([item for item in documents if folds[item.document.drug] != fold])
        for item in documents:
            if folds[item.document.drug] == fold:
                name = f"{item.document.source} {item.document.variant}"
                lines.setdefault(name, []).extend(_placed(item, arrays))
    return {name: as_dict(score_lines(found)) for name, found in sorted(lines.items())}


def _placed(item: Heard, arrays: Mapping[str, Any]) -> Iterator[Placed]:
    for unit, right, chance in zip(item.known.units, item.document.right, chances_of(arrays, item.known), strict=True):
        if right and unit.kind in SCORED_KINDS:
            slug = sections()[int(chance.argmax())]
            yield Placed(item.document.name, unit.blocks[0].block_no, right, slug, slug, float(chance.max()), "")

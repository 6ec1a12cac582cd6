"""Score the method on drugs that it had not seen: every fold is placed by a model that was fitted on the others."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from labelpipe.evaluation import as_dict, score_lines
from labelpipe.evaluation.scores import SCORED_KINDS, Placed
from labelpipe.sections.model import first_look, verdict_of
from labelpipe.training.fit import FOLDS, Arrays, Heard, fit_first_looks, fit_second_looks
from labelpipe.vocabulary import sections


def look_unseen(documents: Sequence[Heard], folds: Mapping[str, int]) -> list[Arrays]:
    """Give each document its first verdict, by a look fitted without its fold; return the looks, one a fold."""
    looks = []
    for fold in range(FOLDS):
        arrays = fit_first_looks([item for item in documents if folds[item.document.drug] != fold])
        for item in documents:
            if folds[item.document.drug] == fold:
                item.first = first_look(arrays, item.known)
        looks.append(arrays)
    return looks


def cross_validate(documents: Sequence[Heard], folds: Mapping[str, int], looks: Sequence[Arrays]) -> dict[str, Any]:
    """Return the scores of each source and variant; `looks` are those of `look_unseen`."""
    lines: dict[str, list[Placed]] = {}
    for fold, arrays in enumerate(looks):
        both = arrays | fit_second_looks([item for item in documents if folds[item.document.drug] != fold])
        for item in documents:
            if folds[item.document.drug] == fold:
                name = f"{item.document.source} {item.document.variant}"
                lines.setdefault(name, []).extend(_placed(item, both))
    return {name: as_dict(score_lines(found)) for name, found in sorted(lines.items())}


def _placed(item: Heard, arrays: Arrays) -> Iterator[Placed]:
    verdict = verdict_of(arrays, item.known)
    for unit, right, best, sure in zip(item.known.units, item.document.right, *verdict, strict=True):
        if right and unit.kind in SCORED_KINDS:
            slug = sections()[best]
            yield Placed(item.document.name, unit.blocks[0].block_no, right, slug, slug, float(sure), "")

"""Score the method on drugs that it had not seen: every fold is placed by a model that was fitted on the others."""

from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import Any

from labelpipe.evaluation import as_dict, score_lines
from labelpipe.evaluation.scores import SCORED_KINDS, Placed
from labelpipe.sections.model import REGISTERS, choose_chain
from labelpipe.training.fit import FOLDS, Heard, fit_chains
from labelpipe.vocabulary import sections


def cross_validate(documents: Sequence[Heard], folds: Mapping[str, int], held_out: AbstractSet[str]) -> dict[str, Any]:
    """Return the scores of each source and variant; those of the monographs named in `held_out` once more alone."""
    lines: dict[str, list[Placed]] = {}
    for register in REGISTERS:
        mine = [item for item in documents if item.document.register == register]
        for fold in range(FOLDS):
            arrays = fit_chains([item for item in mine if folds[item.document.drug] != fold], [register])
            for item in mine:
                if folds[item.document.drug] == fold:
                    name = f"{item.document.source} {item.document.variant}"
                    found = list(_placed(item, arrays))
                    lines.setdefault(name, []).extend(found)
                    if item.document.name.split()[0] in held_out:
                        lines.setdefault(f"held out {name}", []).extend(found)
    return {name: as_dict(score_lines(found)) for name, found in sorted(lines.items())}


def _placed(item: Heard, arrays: Mapping[str, Any]) -> Iterator[Placed]:
    chances = choose_chain(arrays, item.document.register, item.known).chances(item.known.context, item.known.links)
    for unit, right, chance in zip(item.known.units, item.document.right, chances, strict=True):
        if right and unit.kind in SCORED_KINDS:
            slug = sections()[int(chance.argmax())]
            yield Placed(item.document.name, unit.blocks[0].block_no, right, slug, slug, float(chance.max()), "")

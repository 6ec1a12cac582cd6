"""Sites disagree on which tab a subsection stands in, and on their order: the same page as other sites lay it out."""

from dataclasses import replace
from random import Random

from labelpipe.training.monographs import Item, Monograph

MOVED_SHARE = 0.12
"""How often a subsection stands in another tab."""

SWAPPED_SHARE = 0.2
"""How often it changes places with the one before it."""


def laid_out_anew(page: Monograph, random: Random) -> Monograph:
    """Return the page with some subsections in other tabs and places; the questions stay where they are."""
    tabs = {name: _subsections(items) for name, items in page.tabs.items() if name != "faq"}
    moved = []
    for parts in tabs.values():
        leaving = [part for part in parts if random.random() < MOVED_SHARE]
        parts[:] = [part for part in parts if not any(part is gone for gone in leaving)]
        moved += leaving
        for i in range(1, len(parts)):
            if random.random() < SWAPPED_SHARE:
                parts[i - 1], parts[i] = parts[i], parts[i - 1]
    for part in moved:
        target = tabs[random.choice(list(tabs))]
        target.insert(random.randint(0, len(target)), part)
    whole = {name: [item for part in parts for item in part] for name, parts in tabs.items()}
    return replace(page, tabs={name: whole.get(name, items) for name, items in page.tabs.items()})


def _subsections(items: list[Item]) -> list[list[Item]]:
    """Cut a tab before each heading."""
    parts: list[list[Item]] = []
    for item in items:
        if item.kind == "heading" or not parts:
            parts.append([])
        parts[-1].append(item)
    return parts

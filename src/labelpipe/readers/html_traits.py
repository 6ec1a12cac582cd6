"""What an element's attributes say about it: furniture, a panel, a control, a section's code, a callout, ..."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from labelpipe.vocabulary import load

MAX_REMEMBERED = 20_000
_CUT = re.compile(r"[-_\s]+|(?<=[a-z])(?=[A-Z])")
_TELLING = frozenset(
    (
        *("class", "id", "role", "hidden", "style", "itemprop", "itemtype", "aria-hidden", "aria-controls"),
        *("aria-expanded", "aria-level", "data-target", "data-bs-target", "data-toggle", "data-bs-toggle"),
    )
)


@dataclass(frozen=True, slots=True)
class Traits:
    """What one attribute says, or all of an element's together.

    `noise`: what sort of furniture it is. `hidden`: not shown at first. `panel`: shown on demand. `control`: shows and
    hides something. `target`: the id of what it shows. `script`: raised or lowered. `code`: a section's.
    """

    noise: str | None = None
    hidden: bool = False
    panel: bool = False
    control: bool = False
    target: str | None = None
    script: str | None = None
    code: str | None = None
    coded_class: str | None = None
    role: str | None = None
    level: int | None = None
    region: str | None = None
    callout: bool = False
    question: bool = False
    asks: bool = False
    faq: bool = False
    caption: bool = False
    footnote: bool = False
    icon: bool = False
    id: str | None = None


def merge(traits: Iterable[Traits]) -> Traits:
    """Return all that several attributes say; the first one that says a thing wins."""
    said = list(traits)
    if len(said) == 1:
        return said[0]
    first = {name: next(filter(None, [getattr(one, name) for one in said]), None) for name in _NAMES}
    return Traits(**{name: value for name, value in first.items() if value})


_NAMES = Traits.__slots__


class TraitReader:
    """Reads the attributes of one page's elements. `controlled`: the ids that controls name."""

    def __init__(self, controlled: frozenset[str] = frozenset()) -> None:
        self._controlled = controlled
        self._telling = _TELLING | set(load("html")["code_attributes"])

    def read(self, attributes: Sequence[tuple[str, str]]) -> Traits | None:
        """Return what the attributes of an element say, or None where they say nothing that matters."""
        telling = self._telling
        pairs = [pair for pair in attributes if pair[0] in telling]
        if not pairs:
            return None
        traits = _of_all(tuple(pairs))
        if self._controlled:
            for name, value in pairs:
                if name == "id" and value in self._controlled:
                    return replace(traits or Traits(), id=value, panel=True)
        return traits


@lru_cache(maxsize=MAX_REMEMBERED)
def _of_all(pairs: tuple[tuple[str, str], ...]) -> Traits | None:
    said = [traits for pair in pairs if (traits := _say(*pair))]
    return merge(said) if said else None


def _say(name: str, value: str) -> Traits | None:
    """Return what one attribute says."""
    if name in load("html")["code_attributes"]:
        return Traits(code=value.strip() or None)
    if name in ("class", "id"):
        traits = _of_names(name, value)
    elif name == "role":
        traits = _of_role(value.strip().casefold())
    elif name in _SIMPLE:
        traits = _of_simple(name, value)
    else:
        traits = _of_control(name, value)
    return None if traits == Traits() else traits


_SIMPLE = ("hidden", "style", "aria-hidden", "aria-level", "itemprop", "itemtype")


def _of_simple(name: str, value: str) -> Traits:
    folded = "".join(value.casefold().split())
    if name == "hidden":
        return Traits(hidden=True)
    if name == "style":
        return Traits(hidden="display:none" in folded or "visibility:hidden" in folded)
    if name == "aria-hidden":
        return Traits(icon=folded == "true")
    if name == "aria-level":
        return Traits(level=int(folded) if folded.isdecimal() and len(folded) < 3 else None)
    if name == "itemtype":
        return Traits(asks=folded.endswith("schema.org/question"), faq=folded.endswith("schema.org/faqpage"))
    return Traits(question=folded == "name")


def _of_control(name: str, value: str) -> Traits:
    """`aria-controls=x`, `data-target=#x`; `aria-expanded` and `data-toggle=collapse` make a control of any element."""
    if name == "aria-controls":
        return Traits(control=True, target=next(iter(value.split()), None))
    if name in ("data-target", "data-bs-target"):
        return Traits(target=value[1:] if value.startswith("#") else None)
    if name == "aria-expanded":
        return Traits(control=True)
    return Traits(control=value.strip().casefold() in ("collapse", "tab", "pill"))


def _of_role(role: str) -> Traits:
    words = load("html")
    return Traits(
        noise="role" if role in words["noise_roles"] else None,
        panel=role in words["panel_roles"],
        callout=role in words["callout_roles"],
        role=role if role in ("heading", "presentation", "none", "list", "listitem", "tab", "button", "main") else None,
    )


def _of_names(name: str, value: str) -> Traits:
    """Read the classes of an element, or its id."""
    words = load("html")
    names = {part.casefold() for part in value.split()}
    tokens = {token.casefold() for token in _CUT.split(value) if token}
    is_class = name == "class"
    has = names.intersection
    noisy = has(words["noise_names"]) or tokens.intersection(words["noise_words"])
    regions = ("highlight", "contents", "about")
    region = next((name for name in regions if has(words[f"{name}_names"])), None)
    return Traits(
        noise=_sort(tokens) if noisy else None,
        panel=is_class and bool(tokens.intersection(words["panel_words"])),
        control=is_class
        and bool(tokens.intersection(words["control_groups"]))
        and bool(tokens.intersection(words["control_parts"])),
        script="sup" if has(words["raised_names"]) else "sub" if has(words["lowered_names"]) else None,
        coded_class=next((code for key, code in words["code_names"].items() if key in names), None),
        region=region,
        callout=is_class and bool(tokens.intersection(words["callout_words"])),
        question=is_class and bool(has(words["question_names"])),
        faq=bool(tokens.intersection(words["faq_words"])),
        caption=is_class and bool(has(words["caption_names"])),
        footnote=is_class and bool(has(words["footnote_names"])),
        icon=is_class and bool(has(words["icon_names"])),
    )


def _sort(tokens: set[str]) -> str:
    return sorted(tokens)[0]


@cache
def names(key: str) -> frozenset[str]:
    """Return one list of the vocabulary as a set."""
    return frozenset(load("html")[key])

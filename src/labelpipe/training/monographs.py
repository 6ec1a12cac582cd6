"""Our own complete monographs: what they say, and under which section."""

from dataclasses import dataclass, field, replace
from pathlib import Path

SECTION_OF_CODE = {
    "indications": "indications_and_usage",
    "dosage": "dosage_and_administration",
    "warnings": "warnings_and_precautions",
    "lab_test_interactions": "drug_and_laboratory_test_interactions",
    "abuse_dependence": "drug_abuse_and_dependence",
    "storage": "storage_and_handling",
    "patient_info": "patient_counseling_information",
}
ALSO_RIGHT = {
    "missed_dose": ("dosage_and_administration", "patient_counseling_information"),
    "pharmacologic_class": ("clinical_pharmacology", "mechanism_of_action", "description"),
    "storage_and_handling": ("how_supplied",),
    "mechanism_of_action": ("pharmacologic_class", "pharmacodynamics", "clinical_pharmacology"),
    "pharmacodynamics": ("mechanism_of_action", "clinical_pharmacology"),
    "drug_abuse_and_dependence": ("warnings_and_precautions", "adverse_reactions"),
    "drug_and_laboratory_test_interactions": ("drug_interactions",),
    "patient_counseling_information": ("warnings_and_precautions",),
}
"""Where else a careful reader might look for a paragraph of a section: that is not wrong either."""

KIND_OF_MARK = {"- ": "list_item", "> ": "callout", "| ": "table_row", "|-": "table_row"}


@dataclass(frozen=True, slots=True)
class Item:
    """One line of a monograph: its kind, its words, and the sections that are right for it, best first."""

    kind: str
    text: str
    sections: tuple[str, ...] = ()


@dataclass(slots=True)
class Monograph:
    """A page as a site would have had it: its header, its products, and its tabs in order."""

    name: str
    header: dict[str, str] = field(default_factory=dict)
    products: list[str] = field(default_factory=list)
    tabs: dict[str, list[Item]] = field(default_factory=dict)


def read_monograph(path: Path) -> Monograph:
    """Parse one monograph.

    Raises:
        ValueError: a line stands where its kind has no meaning.
    """
    page = Monograph(path.stem)
    tab: list[Item] | None = None
    sections: tuple[str, ...] = ()
    for line in filter(None, map(str.rstrip, path.read_text(encoding="utf-8").splitlines())):
        if line.startswith("== "):
            tab = page.tabs.setdefault(line[3:].strip(), [])
            sections = ("faq",) if line[3:].strip() == "faq" else ()
        elif tab is None:
            _read_header(page, line)
        elif line.startswith("## "):
            code, _, title = line[3:].partition("|")
            sections = sections_of_code(code.strip())
            tab.append(Item("heading", title.strip()))
        else:
            tab.append(_item(line, sections))
    return page


def sections_of_code(code: str) -> tuple[str, ...]:
    """Return the sections a subsection's code stands for: its own, and that of the population it is about."""
    base, _, population = code.partition("@")
    return (SECTION_OF_CODE.get(base, base), *([population] if population else []))


def also_right(item: Item) -> Item:
    """Return the line with the sections that count as right beside its own."""
    own = item.sections[:1]
    return replace(item, sections=tuple(dict.fromkeys((*own, *ALSO_RIGHT.get("".join(own), ()), *item.sections))))


def _read_header(page: Monograph, line: str) -> None:
    if line.startswith("|"):
        page.products.append(line)
    elif not line.startswith("products:"):
        name, mark, value = line.partition(": ")
        if not mark:
            raise ValueError(f"{page.name}: no field in the header line {line!r}")
        page.header[name] = value


def _item(line: str, sections: tuple[str, ...]) -> Item:
    if line.startswith("Q: "):
        return Item("faq_question", line[3:])
    if line.startswith("A: "):
        return Item("faq_answer", line[3:], ("faq",))
    return Item(KIND_OF_MARK.get(line[:2], "table_row" if line.startswith("|") else "paragraph"), line, sections)


def read_remarks(path: Path) -> dict[str, list[str]]:
    """Return the boxed remarks that a site may close each tab with."""
    out: dict[str, list[str]] = {}
    tab = ""
    for line in filter(None, path.read_text(encoding="utf-8").splitlines()):
        if line.startswith("== "):
            tab = line[3:].strip()
        else:
            out.setdefault(tab, []).append(line)
    return out

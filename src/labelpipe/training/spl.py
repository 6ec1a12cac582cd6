"""SPL XML labels as training documents: each section's paragraphs and items under the section its code names."""

import re
from functools import cache
from pathlib import Path

from lxml import etree

from labelpipe.training.corpora import Labelled, first_word, group_sections, markers, shuffle_runs, squeeze
from labelpipe.training.monographs import Item
from labelpipe.vocabulary import load

NAMESPACE = "{urn:hl7-org:v3}"
MIN_CHARACTERS = 25
MAX_HEADING_CHARACTERS = 80
MIN_LINES = 10
FAMILY = {
    "use_in_specific_populations": (
        "use_in_specific_populations", "pregnancy", "lactation", "pediatric_use", "geriatric_use", "renal_impairment",
        "hepatic_impairment",
    ),
    "clinical_pharmacology": ("clinical_pharmacology", "mechanism_of_action", "pharmacodynamics", "pharmacokinetics"),
    "dosage_forms_and_strengths": ("dosage_forms_and_strengths", "how_supplied"),
    "drug_and_laboratory_test_interactions": ("drug_and_laboratory_test_interactions", "drug_interactions"),
    "how_supplied": ("how_supplied", "storage_and_handling"),
    "storage_and_handling": ("storage_and_handling", "how_supplied"),
}  # fmt: skip
"""A section whose text may be about a part of it: any of these slugs is then right."""


@cache
def section_of_code() -> dict[str, str]:
    """Return the section of each code the vocabulary knows."""
    out: dict[str, str] = {}
    for slug, entry in load("sections").items():
        for code in filter(None, [entry.get("loinc"), *entry.get("also", ())]):
            out[code] = slug
    return out


def read_spl(path: Path) -> list[Labelled]:
    """Return a label as it is and with its sections in another order; nothing where it has too little text."""
    root = etree.parse(str(path), etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)).getroot()
    for element in root.iter(*(NAMESPACE + tag for tag in ("br", "item", "list", "paragraph"))):
        element.tail, element.text = " " + (element.tail or ""), " " + (element.text or "")
    sections = root.findall(f".//{NAMESPACE}structuredBody/{NAMESPACE}component/{NAMESPACE}section")
    groups = [items for section in sections if (items := _items(section, ()))]
    if sum(map(len, groups)) < MIN_LINES:
        return []
    generic = root.find(f".//{NAMESPACE}genericMedicine/{NAMESPACE}name")
    drug = first_word(words_of(generic) if generic is not None else path.stem)
    return [
        Labelled(drug, "label", group_sections(path.stem, groups)),
        Labelled(drug, "label", shuffle_runs(f"{path.stem} shuffled", groups, path.stem), True),
        Labelled(drug, "label", group_sections(f"{path.stem} headed", [_items(each, (), True) for each in sections])),
    ]


def words_of(element: etree._Element) -> str:
    """Return all text within an element."""
    return "".join(map(str, element.itertext()))


def _items(section: etree._Element, inherited: tuple[str, ...], headed: bool = False) -> list[Item]:
    code = section.find(NAMESPACE + "code")
    slug = section_of_code().get(code.get("code", "") if code is not None else "")
    accepted = FAMILY.get(slug, (slug,)) if slug else inherited
    items: list[Item] = []
    title = section.find(NAMESPACE + "title")
    if headed and title is not None and (words := squeeze(words_of(title))):
        items.append(Item("heading", words))
    body = section.find(NAMESPACE + "text")
    if body is not None and accepted:
        items += markers([found for element in body.iter() if (found := _line(element, body))], accepted)
    for child in section.findall(f"{NAMESPACE}component/{NAMESPACE}section"):
        items += _items(child, accepted, headed)
    return items


def _line(element: etree._Element, body: etree._Element) -> tuple[str, str] | None:
    if element.tag not in (NAMESPACE + "paragraph", NAMESPACE + "item"):
        return None
    for ancestor in element.iterancestors():
        if ancestor is body:
            break
        if ancestor.tag in (NAMESPACE + "table", NAMESPACE + "item", NAMESPACE + "paragraph"):
            return None
    text = squeeze(words_of(element))
    title = len(text) < MAX_HEADING_CHARACTERS and not re.search(r"[.!?:;,)]$", text)
    if len(text) < MIN_CHARACTERS or title:
        return None
    return ("list_item" if element.tag.endswith("item") else "paragraph"), text

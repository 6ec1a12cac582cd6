"""EU package leaflets as training documents: six broad sections, of which each holds several of ours."""

import re
from pathlib import Path

from lxml import html

from labelpipe.training.corpora import Labelled, first_word, group_sections, markers, shuffle_runs, squeeze
from labelpipe.training.monographs import Item

SECTIONS_OF_NUMBER = {
    "1": ("indications_and_usage", "mechanism_of_action", "pharmacologic_class", "description"),
    "2": ("contraindications", "warnings_and_precautions", "drug_interactions", "pregnancy", "lactation",
          "pediatric_use", "geriatric_use", "renal_impairment", "hepatic_impairment"),
    "3": ("dosage_and_administration", "missed_dose", "overdosage", "patient_counseling_information"),
    "4": ("adverse_reactions",),
    "5": ("storage_and_handling", "how_supplied"),
    "6": ("description", "how_supplied", "dosage_forms_and_strengths", "package_label"),
}  # fmt: skip
MIN_CHARACTERS = 40
MIN_LINES = 10


def read_leaflet(path: Path) -> list[Labelled]:
    """Return a leaflet as it is and with its sections in another order; nothing where it has too little text."""
    groups: dict[str, list[Item]] = {}
    titles: dict[str, Item] = {}
    number = ""
    for element in html.parse(str(path), html.HTMLParser(encoding="utf-8")).getroot().iter("h2", "h3", "p", "li"):
        text = squeeze(element.text_content())
        if element.tag in ("h2", "h3"):
            found = re.match(r"([1-6])\.", text)
            number = found[1] if found else number
            if found:
                titles[number] = Item("heading", text)
        elif number and len(text) >= MIN_CHARACTERS and not any(a.tag in ("li", "p") for a in element.iterancestors()):
            kind = "list_item" if element.tag == "li" else "paragraph"
            groups.setdefault(number, []).extend(markers([(kind, text)], SECTIONS_OF_NUMBER[number]))
    if sum(map(len, groups.values())) < MIN_LINES:
        return []
    runs = list(groups.values())
    drug = first_word(path.stem)
    return [
        Labelled(drug, "leaflet", group_sections(path.stem, runs)),
        Labelled(drug, "leaflet", shuffle_runs(f"{path.stem} shuffled", runs, path.stem), True),
        Labelled(
            drug,
            "leaflet",
            group_sections(f"{path.stem} headed", [[titles[number], *groups[number]] for number in groups]),
        ),
    ]

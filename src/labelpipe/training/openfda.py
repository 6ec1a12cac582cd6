"""openFDA label records as training documents: the flattened text of each field, cut into paragraphs again."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

from labelpipe.training.corpora import Labelled, first_word, group_sections, markers, shuffle_runs, squeeze
from labelpipe.training.monographs import Item
from labelpipe.training.spl import FAMILY

SECTION_OF_FIELD = {
    "boxed_warning": "boxed_warning",
    "indications_and_usage": "indications_and_usage",
    "dosage_and_administration": "dosage_and_administration",
    "dosage_forms_and_strengths": "dosage_forms_and_strengths",
    "contraindications": "contraindications",
    "warnings_and_cautions": "warnings_and_precautions",
    "warnings": "warnings_and_precautions",
    "precautions": "warnings_and_precautions",
    "general_precautions": "warnings_and_precautions",
    "adverse_reactions": "adverse_reactions",
    "drug_interactions": "drug_interactions",
    "drug_and_or_laboratory_test_interactions": "drug_and_laboratory_test_interactions",
    "use_in_specific_populations": "use_in_specific_populations",
    "pregnancy": "pregnancy",
    "teratogenic_effects": "pregnancy",
    "nonteratogenic_effects": "pregnancy",
    "labor_and_delivery": "pregnancy",
    "nursing_mothers": "lactation",
    "lactation": "lactation",
    "pediatric_use": "pediatric_use",
    "geriatric_use": "geriatric_use",
    "drug_abuse_and_dependence": "drug_abuse_and_dependence",
    "controlled_substance": "drug_abuse_and_dependence",
    "abuse": "drug_abuse_and_dependence",
    "dependence": "drug_abuse_and_dependence",
    "overdosage": "overdosage",
    "description": "description",
    "clinical_pharmacology": "clinical_pharmacology",
    "mechanism_of_action": "mechanism_of_action",
    "pharmacodynamics": "pharmacodynamics",
    "pharmacokinetics": "pharmacokinetics",
    "nonclinical_toxicology": "nonclinical_toxicology",
    "carcinogenesis_and_mutagenesis_and_impairment_of_fertility": "nonclinical_toxicology",
    "animal_pharmacology_and_or_toxicology": "nonclinical_toxicology",
    "clinical_studies": "clinical_studies",
    "references": "references",
    "how_supplied": "how_supplied",
    "storage_and_handling": "storage_and_handling",
    "information_for_patients": "patient_counseling_information",
    "spl_medguide": "patient_counseling_information",
    "spl_patient_package_insert": "patient_counseling_information",
    "package_label_principal_display_panel": "package_label",
}
TITLES = {"lactation": "lactation", "renal": "renal_impairment", "hepatic": "hepatic_impairment"}
PARENTS = (
    "use_in_specific_populations", "clinical_pharmacology", "nonclinical_toxicology", "drug_abuse_and_dependence",
    "precautions", "pregnancy", "how_supplied", "warnings", "adverse_reactions", "description",
)  # fmt: skip
"""Fields whose text holds the text of other fields: what is left without them is their own."""

MAX_PARAGRAPHS = 22
"""Of each field's paragraphs a run of so many is kept, so that no label outweighs the others."""

_NUMBERED = re.compile(r"(?<=[.)\]:a-z])\s+(?=(?:[1-9]|1[0-7])\.\d{1,2}\s+[A-Z])")
_TITLE = re.compile(r"^(?:[1-9]|1[0-7])(?:\.\d{1,2}){0,2}\s+")
_CAPITALS = re.compile(r"^(?:[A-Z][A-Z,/&()-]*\s+){1,7}(?=[A-Z0-9(])")
_SENTENCE = re.compile(r"(?<=[a-z0-9)\]]{2}[.!?])\s+(?=[A-Z0-9•])")


def read_openfda(path: Path) -> list[Labelled]:
    """Return the labels of a response, each as it is and with its sections in another order."""
    out: list[Labelled] = []
    for number, record in enumerate(json.loads(path.read_text(encoding="utf-8")).get("results", [])):
        name = f"{path.stem}-{number}"
        groups = [group for group in _groups(record, Random(name)) if group]
        generic = (record.get("openfda", {}).get("generic_name") or [""])[0]
        if len(groups) >= 3 and generic:
            drug = first_word(generic)
            out.append(Labelled(drug, "label", group_sections(name, groups)))
            out.append(Labelled(drug, "label", shuffle_runs(f"{name} shuffled", groups, name), True))
    return out


def _groups(record: dict[str, Any], random: Random) -> Iterator[list[Item]]:
    fields = {field: squeeze(record[field][0]) for field in record if field in SECTION_OF_FIELD}
    for field, text in fields.items():
        own = text
        if field in PARENTS:
            for other in fields:
                if other != field and len(fields[other]) < len(text):
                    own = own.replace(fields[other], " \n ")
        paragraphs = [p for part in own.split("\n") for p in _paragraphs(part.strip(), SECTION_OF_FIELD[field], random)]
        start = random.randrange(max(1, len(paragraphs) - MAX_PARAGRAPHS + 1))
        yield [
            item
            for sections, line in paragraphs[start : start + MAX_PARAGRAPHS]
            for item in markers([("paragraph", line)], sections)
        ]


def _paragraphs(text: str, section: str, random: Random) -> Iterator[tuple[tuple[str, ...], str]]:
    for part in _NUMBERED.split(text):
        body = _CAPITALS.sub("", _TITLE.sub("", part))
        title = body[:40].casefold()
        slug = section
        if section == "use_in_specific_populations":
            slug = next((TITLES[word] for word in TITLES if word in title), section)
        sentences = _SENTENCE.split(body)
        while sentences:
            size = random.choice((1, 1, 2, 2, 3, 4))
            line, sentences = " ".join(sentences[:size]).strip(), sentences[size:]
            if len(line) >= 40:
                yield FAMILY.get(slug, (slug,)), line

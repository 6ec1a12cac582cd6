"""The same label in several documents: what a reader of one should know of the others."""

from labelpipe.findings.forms import compare_forms
from labelpipe.model import HIGHLIGHTS, Form

USES = "It brings the pressure down in adults who cannot take anything else for it."


def form(name: str, version: str | None = "3", source_format: str = "spl", **words: str) -> Form:
    return Form(name, "set-1", version, f"{name}.xml", source_format, words)


def findings(*forms: Form) -> list[tuple[str, str, str | None]]:
    return [(doc_id, finding.rule, finding.evidence) for doc_id, finding in compare_forms(forms)]


def test_other_versions_name_each_other() -> None:
    assert findings(form("a", "3"), form("b", "4"), form("c", "4")) == [
        ("a", "other_version", "4 (b.xml), 4 (c.xml)"),
        ("b", "other_version", "3 (a.xml)"),
        ("c", "other_version", "3 (a.xml)"),
    ]


def test_forms_that_say_the_same_are_no_finding() -> None:
    flat = form("b", source_format="openfda", indications_and_usage=USES.upper().replace(" ", "  "))
    assert findings(form("a", indications_and_usage=USES), flat) == []


def test_a_word_or_two_is_no_difference() -> None:
    assert findings(form("a", overdosage="word " * 100), form("b", overdosage="word " * 98)) == []


def test_words_that_stand_under_another_section_say_where() -> None:
    own = form("a", pharmacokinetics=USES, clinical_pharmacology="It works.")
    flat = form("b", source_format="openfda", clinical_pharmacology=f"It works. {USES}")
    assert findings(own, flat) == [
        ("a", "formats_disagree", "pharmacokinetics: 14 of 14 words, most of them under clinical_pharmacology"),
        ("b", "formats_disagree", "clinical_pharmacology: 14 of 16 words, most of them under pharmacokinetics"),
    ]


def test_words_that_are_missing_say_so() -> None:
    [(doc_id, rule, evidence)] = findings(form("a", overdosage=USES), form("b"))
    assert (doc_id, rule, evidence) == ("a", "formats_disagree", "overdosage: 14 of 14 words")


def test_highlights_may_stand_in_the_section_that_they_sum_up() -> None:
    own = form("a", contraindications="Allergy to lorvatine.")._replace(
        words={
            "contraindications": "Never after an allergic reaction.",
            HIGHLIGHTS: "Allergy to it.",
        }
    )
    flat = form("b", contraindications="Allergy to it. Never after an allergic reaction.")
    assert findings(own, flat) == []

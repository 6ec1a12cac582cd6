"""The outline of a source that states its sections: nested as there, with the codes and titles it has."""

import labelpipe
from labelpipe.model import Label, Section

PARAGRAPH = "<text><paragraph>{}</paragraph></text>"


def spl(*sections: str) -> Label:
    body = "".join(f"<component>{section}</component>" for section in sections)
    head = '<document xmlns="urn:hl7-org:v3"><setId root="a"/><component><structuredBody>'
    return labelpipe.parse(f"{head}{body}</structuredBody></component></document>".encode())


def section(code: str, title: str | None, words: str | None, inner: str = "") -> str:
    heading = f"<title>{title}</title>" if title else ""
    text = PARAGRAPH.format(words) if words else ""
    return f'<section><code code="{code}"/>{heading}{text}{inner}</section>'


def row(found: Section) -> tuple[int, int | None, int, str | None, str | None, str | None, str]:
    return (
        found.section_no,
        found.parent_no,
        found.depth,
        found.section,
        found.loinc,
        found.title,
        found.text,
    )


def test_sections_nest_as_the_source_nests_them() -> None:
    inner = f"<component>{section('42229-5', '5.1 Falls', 'It can make you fall.')}</component>"
    label = spl(section("43685-7", "5 WARNINGS AND PRECAUTIONS", None, inner), section("34088-5", None, "Sleep."))
    assert [row(one) for one in label.sections] == [
        (1, None, 1, "warnings_and_precautions", "43685-7", "5 WARNINGS AND PRECAUTIONS", ""),
        (2, 1, 2, "warnings_and_precautions", "42229-5", "5.1 Falls", "It can make you fall."),
        (3, None, 1, "overdosage", "34088-5", None, "Sleep."),
    ]
    assert [one.section_method for one in label.sections] == ["stated"] * 3


def test_an_unknown_code_is_kept_with_a_finding_and_never_a_guess_of_what_it_states() -> None:
    label = spl(section("34088-5", None, "Sleep for a day."), section("99999-9", "Zebra", "Stripes of the tablet."))
    zebra = label.sections[1]
    assert (zebra.loinc, zebra.title, zebra.section_method) == ("99999-9", "Zebra", "inferred")
    assert [finding.evidence for finding in label.findings if finding.rule == "unknown_section_code"] == ["99999-9"]


def test_a_section_that_says_nothing_is_left_out() -> None:
    assert [
        one.section_no for one in spl(section("48780-1", None, None), section("34088-5", None, "Sleep.")).sections
    ] == [1]


def test_sections_of_drug_facts_have_slugs_of_their_own() -> None:
    label = spl(
        section("34071-1", "Warnings", None, f"<component>{section('50570-1', 'Do not use', 'if torn')}</component>")
    )
    assert [(one.section, one.parent_no) for one in label.sections] == [
        ("warnings_and_precautions", None),
        ("otc_do_not_use", 1),
    ]
    assert label.blocks[-1].section == "otc_do_not_use"


def test_codes_hold_in_a_language_that_is_not_known() -> None:
    words = "Tome una tableta al día con un vaso de agua, siempre a la misma hora y nunca junto con otra medicina. " * 3
    label = spl(section("34068-7", "Dosis", words), section("42229-5", "Otra cosa", words))
    assert label.document.language == "es"
    assert [block.section for block in label.blocks if block.kind == "paragraph"] == ["dosage_and_administration", None]


def test_what_stands_outside_coded_sections_takes_nothing_of_their_headings() -> None:
    page = (
        '<h1>Lorvel</h1><div data-sectionCode="51945-4"><h1>PRINCIPAL DISPLAY PANEL</h1><p>90 tablets</p></div>'
        "<p>The kidneys clear nearly all of it within a day of the last tablet.</p>"
    )
    label = labelpipe.parse(page.encode())
    assert label.blocks[-1].section_method != "stated"

"""SPL XML: its words in blocks, its outline, its tables and its products; and what is refused."""

import os
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from lxml import etree

from labelpipe.errors import EmptySource, MalformedSource, UnreadableSource, UnsupportedFormat
from labelpipe.model import Reading, Source
from labelpipe.readers.spl import read_spl
from labelpipe.sections.stated import stated_sections, unknown_codes

SHARED = Path(os.environ.get("LABELPIPE_SHARED", "/nowhere"))
needs_shared = pytest.mark.skipif(not SHARED.is_dir(), reason="LABELPIPE_SHARED names no folder of corpora")
HL7 = "{urn:hl7-org:v3}"

PRODUCT = """
<subject><manufacturedProduct><manufacturedProduct>
  <code code="12345-678"/><name>Lorvel<suffix>XR</suffix></name><suffix>XR</suffix>
  <formCode displayName="TABLET, FILM COATED"/>
  <asEntityWithGeneric><genericMedicine><name>lorvatine</name></genericMedicine></asEntityWithGeneric>
  <ingredient classCode="ACTIB">
    <quantity><numerator value="10" unit="mg"/><denominator value="1" unit="1"/></quantity>
    <ingredientSubstance><code code="AAA111BBB2"/><name>LORVATINE HYDROCHLORIDE</name></ingredientSubstance>
  </ingredient>
  <ingredient classCode="IACT">
    <ingredientSubstance><code code="CCC"/><name>STARCH</name></ingredientSubstance>
  </ingredient>
  <asContent><containerPackagedProduct><code code="12345-678-30"/>
    <asContent><containerPackagedProduct><code code="12345-678-90"/></containerPackagedProduct></asContent>
  </containerPackagedProduct></asContent>
</manufacturedProduct>
<subjectOf><marketingAct><statusCode code="active"/></marketingAct></subjectOf>
<subjectOf><approval><id extension="NDA000001"/><code displayName="NDA"/></approval></subjectOf>
<consumedIn><substanceAdministration><routeCode displayName="ORAL"/></substanceAdministration></consumedIn>
</manufacturedProduct></subject>
"""

KIT = """
<subject><manufacturedProduct><manufacturedProduct>
  <code code="12345-001"/><name>Lorvel Kit</name><formCode displayName="KIT"/>
  <asContent><containerPackagedProduct><code code="12345-001-01"/></containerPackagedProduct></asContent>
  <part><partProduct><code code="12345-002"/><name>Lorvel Wash</name><formCode displayName="SOLUTION"/>
    <ingredient classCode="ACTIM">
      <quantity><numerator value="125" unit="mg"/><denominator value="5" unit="mL"/></quantity>
      <ingredientSubstance><code code="DDD"/><name>LORVATINE</name></ingredientSubstance>
    </ingredient></partProduct>
    <consumedIn><substanceAdministration><routeCode displayName="TOPICAL"/></substanceAdministration></consumedIn>
  </part>
  <part><partProduct><name>Lorvel Cloth</name><formCode displayName="CLOTH"/></partProduct></part>
</manufacturedProduct>
<subjectOf><marketingAct><statusCode code="completed"/></marketingAct></subjectOf>
</manufacturedProduct></subject>
"""


def label(body: str, head: str = "") -> bytes:
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<document xmlns="urn:hl7-org:v3"><id root="a"/><code code="34391-3" displayName="HUMAN PRESCRIPTION DRUG LABEL"/>
<title>Lorvel tablets</title><effectiveTime value="20240229"/><setId root="set-1"/><versionNumber value="7"/>
<author><assignedEntity><representedOrganization><name>Tern
 Laboratories</name></representedOrganization></assignedEntity></author>{head}
<component><structuredBody>{body}</structuredBody></component></document>""".encode()


def section(text: str, code: str = "34067-9", title: str = "1 USES", inner: str = "", extra: str = "") -> str:
    return (
        f'<component><section><code code="{code}"/><title>{title}</title><text>{text}</text>{extra}'
        f"{inner}</section></component>"
    )


def read(body: str) -> Reading:
    return read_spl(Source("label.xml", label(body)))


def lines(reading: Reading) -> list[str]:
    return [f"{block.kind} | {block.text}" for block in reading.blocks][2:]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<paragraph>Take 0.1<br/>2 mL</paragraph>", ["paragraph | Take 0.1 2 mL"]),
        ("<paragraph>10<sup>6</sup> cells</paragraph>", ["paragraph | 10 6 cells"]),
        ("<paragraph>10<sup>-6</sup> M</paragraph>", ["paragraph | 10 -6 M"]),
        ("<paragraph>CO<sub>2</sub> and m<sup>2</sup></paragraph>", ["paragraph | CO2 and m2"]),
        ("<paragraph>1<sup>1</sup>/<sub>2</sub> tablets</paragraph>", ["paragraph | 1 1/2 tablets"]),
        ("<paragraph>AUC<sub>0-24</sub></paragraph>", ["paragraph | AUC0-24"]),
        ("<paragraph>a<content styleCode='bold'>b</content>c</paragraph>", ["paragraph | abc"]),
        ("bare<paragraph>inside</paragraph>after", ["paragraph | bare", "paragraph | inside", "paragraph | after"]),
        (
            "<list><item>first<list><item>nested</item></list>more</item><item><caption>b)</caption>last</item></list>",
            ["list_item | first", "list_item | nested", "list_item | more", "list_item | b) last"],
        ),
        (
            "<list><caption>Kinds</caption><item><paragraph>one</paragraph><paragraph>two</paragraph></item></list>",
            ["caption | Kinds", "list_item | one two"],
        ),
        (
            "<paragraph>Dose<footnote ID='n'>Once <sup>2</sup></footnote> it</paragraph>",
            ["paragraph | Dose it", "footnote | Once 2"],
        ),
        ("<paragraph>2<footnote ID='n'>mind</footnote>5</paragraph>", ["paragraph | 2 5", "footnote | mind"]),
        (
            "<paragraph>See <renderMultiMedia referencedObject='M1'><caption>Pump</caption></renderMultiMedia>"
            "it</paragraph>",
            ["paragraph | See it", "image | M1", "caption | Pump"],
        ),
    ],
)
def test_words_of_a_section(text: str, expected: list[str]) -> None:
    assert lines(read(section(text))) == expected


def test_a_table_is_a_grid_with_its_notes() -> None:
    table = """<table><caption>Table 1</caption><tfoot><tr><td colspan="2"><sup>a</sup> adults only</td></tr></tfoot>
    <tbody>
    <tr><td><content styleCode="bold">Effect</content></td><td><content styleCode="bold">Share</content></td></tr>
    <tr><td>Cough<footnote ID="f1">mild</footnote></td><td>3%<sup>a</sup><footnoteRef IDREF="f1"/></td></tr>
    <tr><td><list><item>one</item><item>two</item></list></td>
    <td><table><tbody><tr><td>in</td></tr></tbody></table></td></tr>
    </tbody></table>"""
    reading = read(section(table))
    assert lines(reading) == [
        "caption | Table 1",
        "table_row | Effect\tShare",
        "table_row | Cough\t3%a",
        "table_row | one two\t",
        "table_row | a adults only",
        "footnote | mild",
        "table_row | in",
    ]
    assert reading.tables[0].caption == "Table 1"
    assert [table.n_header_rows for table in reading.tables] == [1, 0]
    cells = {cell.text: cell for cell in reading.table_cells}
    assert cells["Cough"].footnotes == ("mild",)
    assert cells["3%a"].footnotes == ("mild", "adults only")
    assert cells["3%a"].header_path == ("Share",)
    assert cells["3%a"].block_no == next(block.block_no for block in reading.blocks if "3%a" in block.text)


def test_words_between_cells_are_kept() -> None:
    assert "paragraph | stray" in lines(read(section("<table><tbody><tr>stray<td>in</td></tr></tbody></table>")))


def test_highlights_stand_apart() -> None:
    extra = "<excerpt><highlight><text><list><item>short</item></list></text></highlight></excerpt>"
    reading = read(section("<paragraph>long</paragraph>", extra=extra))
    assert lines(reading) == ["paragraph | long", "highlight | short"]


def test_sections_nest_and_inherit() -> None:
    lactation = section("<paragraph>milk</paragraph>", "42229-5", "8.2 Lactation")
    other = section("<paragraph>other</paragraph>", "42229-5", "8.9 Other")
    reading = read(section("<paragraph>own</paragraph>", "43684-0", "8 POPULATIONS", lactation + other))
    assert [(one.depth, one.code, one.title) for one in reading.stated_sections] == [
        (1, "43684-0", "8 POPULATIONS"),
        (2, "42229-5", "8.2 Lactation"),
        (2, "42229-5", "8.9 Other"),
    ]
    placed = stated_sections(reading)
    by_text = {block.text: placed.get(block.block_no) for block in reading.blocks}
    assert by_text["own"] == ("use_in_specific_populations", "code 43684-0")
    assert by_text["milk"] == ("lactation", "title: lactation")
    assert by_text["other"] == ("use_in_specific_populations", "in: code 43684-0")


def test_an_unknown_code_is_said() -> None:
    findings = unknown_codes(read(section("<paragraph>words</paragraph>", "99999-9", "Zebra")))
    assert [(finding.rule, finding.evidence) for finding in findings] == [("unknown_section_code", "99999-9")]


def test_drug_facts_have_sections_of_their_own() -> None:
    reading = read(section("<paragraph>keep away</paragraph>", "50565-1", "Keep out of reach"))
    assert set(stated_sections(reading).values()) == {("otc_keep_out_of_reach_of_children", "code 50565-1")}


def test_what_the_header_states() -> None:
    stated = read(section("<paragraph>words</paragraph>")).stated
    assert stated["set_id"] == stated["label_id"] == "set-1"
    assert stated["label_version"] == "7"
    assert stated["effective_date"] == date(2024, 2, 29)
    assert stated["labeler"] == "Tern Laboratories"
    assert stated["source_tier"] == "regulator"


def test_a_product_for_each_package() -> None:
    reading = read(section("<paragraph>words</paragraph>", extra=PRODUCT))
    assert [product.ndc for product in reading.products] == ["12345-678-30", "12345-678-90"]
    first = reading.products[0]
    assert (first.ndc11, first.ndc_labeler, first.ndc_product, first.ndc_package) == (
        "12345067830",
        "12345",
        "678",
        "30",
    )
    assert (first.strength_text, first.strength_value, first.strength_unit) == ("10 mg/1", 10.0, "mg")
    assert (first.strength_per_value, first.strength_per_unit) == (1.0, "1")
    assert (first.dosage_form, first.route, first.marketing_status) == ("TABLET, FILM COATED", "ORAL", "active")
    assert [(one.name, one.unii, one.is_active) for one in reading.ingredients[:2]] == [
        ("LORVATINE HYDROCHLORIDE", "AAA111BBB2", True),
        ("STARCH", "CCC", False),
    ]
    assert reading.stated["active_ingredients"] == ("LORVATINE HYDROCHLORIDE",)
    assert reading.stated["generic_name"] == "lorvatine"


@pytest.mark.parametrize(
    ("markup", "name"),
    [
        ("<name>Lorvel</name>", "Lorvel"),
        ("<name>Lorvel<suffix>Kids</suffix></name>", "Lorvel Kids"),
        ("<name>Lorvel</name><suffix>XR</suffix>", "Lorvel XR"),
        ("<name>Lorvel<suffix>-D</suffix></name>", "Lorvel-D"),
        ("<name>Lorvel<suffix> 1%</suffix></name>", "Lorvel 1%"),
    ],
)
def test_the_name_of_a_product(markup: str, name: str) -> None:
    product = f"<subject><manufacturedProduct><manufacturedProduct>{markup}</manufacturedProduct>"
    reading = read(section("<paragraph>words</paragraph>", extra=f"{product}</manufacturedProduct></subject>"))
    assert [reading.products[0].name, reading.stated["brand_name"]] == [name, name]


def test_a_kit_has_its_parts() -> None:
    products = read(section("<paragraph>words</paragraph>", extra=KIT)).products
    assert [product.name for product in products] == ["Lorvel Kit", "Lorvel Wash", "Lorvel Cloth"]
    assert products[1].strength_text == "125 mg/5 mL"
    assert (products[1].route, products[1].marketing_status) == ("TOPICAL", "completed")


BOMB = (
    b'<?xml version="1.0"?><!DOCTYPE d [<!ENTITY a "aaaaaaaaaa">'
    + b"".join(b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(9))
    + b']><document xmlns="urn:hl7-org:v3"><title>&j;</title></document>'
)


@pytest.mark.parametrize(
    ("data", "error", "words"),
    [
        (BOMB, MalformedSource, "line 1, column"),
        (b'<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]><d>&x;</d>', MalformedSource, "entities"),
        (label("")[:-40], MalformedSource, "line 6, column"),
        (b"<a><b></a>", MalformedSource, "line 1, column"),
        (b"", MalformedSource, "line"),
        (b"<html><body>page</body></html>", UnsupportedFormat, "<html>"),
        (b"<x>" * 5000 + b"</x>" * 5000, MalformedSource, "line 1"),
        (b'<document xmlns="urn:hl7-org:v3"><code displayName="INDEXING"/></document>', EmptySource, "INDEXING"),
    ],
)
def test_what_is_refused(data: bytes, error: type[UnreadableSource], words: str) -> None:
    with pytest.raises(error, match=words):
        read_spl(Source("bad.xml", data))


def narrative(root: etree._Element) -> Iterator[str]:
    for tag in ("title", "text", "excerpt"):
        for element in root.iter(HL7 + tag):
            if element.getparent() is not None and element.getparent().tag in (HL7 + "section", HL7 + "document"):  # type: ignore[union-attr]
                yield from map(str, element.itertext())


def bag(words: str) -> Counter[str]:
    return Counter("".join(words.split()))


@needs_shared
@pytest.mark.parametrize("file", sorted((SHARED / "corpus" / "spl").glob("*.xml")), ids=lambda file: file.stem)
def test_every_character_of_a_real_label_is_in_one_block(file: Path) -> None:
    data = file.read_bytes()
    reading = read_spl(Source(file.name, data))
    root = etree.fromstring(data)
    own = "".join(block.text for block in reading.blocks if block.kind != "image")
    assert bag(own) == bag("".join(narrative(root)))
    for block in reading.blocks:
        assert reading.text[block.char_start : block.char_end] == block.text
    for block in reading.blocks[::25]:
        assert len(root.xpath(block.locator)) == 1  # type: ignore[arg-type]


@needs_shared
@pytest.mark.parametrize(
    "file", sorted((SHARED / "corpus" / "malformed_spl").glob("*.xml")), ids=lambda file: file.stem
)
def test_a_malformed_file_says_where(file: Path) -> None:
    with pytest.raises(MalformedSource, match=r"line \d+, column \d+"):
        read_spl(Source(file.name, file.read_bytes()))

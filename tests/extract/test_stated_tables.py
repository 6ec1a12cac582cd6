"""Tables whose cells the format places: what the other extractors read in them."""

import labelpipe
from labelpipe.model import Label

TABLE = """<table><thead><tr><th rowspan="2">Parameter</th><th colspan="2">Adults</th></tr>
<tr><th>Fasting</th><th>Fed</th></tr></thead><tbody>{}</tbody></table>"""


def spl(rows: str, code: str = "43682-4") -> Label:
    return labelpipe.parse(
        f"""<document xmlns="urn:hl7-org:v3"><setId root="a"/><component><structuredBody><component><section>
        <code code="{code}"/><text>{TABLE.format(rows)}</text></section></component></structuredBody></component>
        </document>""".encode()
    )


def values(label: Label) -> list[tuple[str, float | None, str | None, tuple[str, ...]]]:
    return [(row.parameter, row.value_low, row.unit, row.qualifiers) for row in label.facts.pharmacokinetics]


def test_a_value_is_qualified_by_the_header_over_its_column() -> None:
    rows = "<tr><td>Half-life</td><td>5 h</td><td>6 h</td></tr><tr><td>Tmax</td><td>1 h</td><td>3 h</td></tr>"
    assert values(spl(rows)) == [
        ("half_life", 5, "h", ("Fasting",)),
        ("half_life", 6, "h", ("Fed",)),
        ("tmax", 1, "h", ("Fasting",)),
        ("tmax", 3, "h", ("Fed",)),
    ]


def test_a_name_that_spans_rows_names_each_of_them() -> None:
    rows = '<tr><td rowspan="2">Half-life</td><td>5 h</td><td>6 h</td></tr><tr><td>7 h</td><td>8 h</td></tr>'
    assert [value for _, value, _, _ in values(spl(rows))] == [5, 6, 7, 8]


def test_a_mark_that_sticks_to_a_number_is_none_of_its_digits() -> None:
    rows = "<tr><td>Half-life (h)</td><td>5 to 6<sup>a</sup></td><td>7</td></tr>"
    foot = '<tr><td colspan="3"><sup>a</sup> in hours, of ten people</td></tr>'
    assert values(spl(rows + foot))[0][:2] == ("half_life", 5)


def test_the_tables_of_reactions_and_interactions_hold_no_kinetics() -> None:
    metabolism = "<tr><td>Metabolism and nutrition</td><td>5%</td><td>6%</td></tr>"
    absorption = "<tr><td>Absorption</td><td>1%</td><td>3%</td></tr>"
    assert values(spl(metabolism + absorption, "34084-4")) == []
    assert values(spl("<tr><td>Change in AUC</td><td>5%</td><td>6%</td></tr>")) == []


def test_a_table_is_in_the_section_of_its_rows() -> None:
    label = spl("<tr><td>Half-life</td><td>5 h</td><td>6 h</td></tr>")
    assert [(table.section, table.n_header_rows) for table in label.facts.tables] == [("pharmacokinetics", 2)]
    assert {cell.block_no for cell in label.facts.table_cells} == {1, 2, 3}

"""The sections of a FHIR label: coded, nested as the outline is, with the facts that were read from each."""

from collections import defaultdict
from typing import Any

from labelpipe.exports.passages import passages
from labelpipe.vocabulary import load

LOINC = "http://loinc.org"
OURS = "urn:labelpipe"

Row = dict[str, Any]


class Sections:
    """A document's rows of sections, blocks and table_cells, and where its facts stand: URN to number of the block."""

    def __init__(self, rows: dict[str, list[Row]], uses: dict[str, int]) -> None:
        self._sections = rows.get("sections", [])
        self._blocks = {block["block_no"]: block for block in rows.get("blocks", [])}
        self._cells: dict[int, list[Row]] = defaultdict(list)
        for cell in rows.get("table_cells", []):
            self._cells[cell["block_no"]].append(cell)
        self._uses = uses

    def nested(self, parent: int | None = None) -> list[Row]:
        """Return the sections under a section; a parent that is not there leaves its children at the top."""
        numbers = {section["section_no"] for section in self._sections}
        return [
            self._section(section, self.nested(section["section_no"]))
            for section in self._sections
            if (section["parent_no"] if section["parent_no"] in numbers else None) == parent
        ]

    def _section(self, section: Row, inner: list[Row]) -> Row:
        told = [{"url": f"{OURS}:section-method", "valueCode": section["section_method"]}]
        if section["section_confidence"] is not None:
            told.append({"url": f"{OURS}:section-confidence", "valueDecimal": section["section_confidence"]})
        blocks = [self._blocks[number] for number in section["block_nos"] if number in self._blocks]
        return known(
            {
                "extension": told,
                "title": section["title"] if (section["title"] or "").strip() else None,
                "code": _code(section),
                "text": passages(blocks, self._cells) if section["text"].strip() else None,
                "entry": [{"reference": url} for url, at in self._uses.items() if at in section["block_nos"]],
                "section": inner,
            }
        )


def _code(section: Row) -> Row | None:
    """Return the LOINC code, the source's own before that of the slug, and the slug beside it."""
    slug = section["section"]
    loinc = section["loinc"] or load("sections").get(slug, {}).get("loinc")
    codings = [{"system": LOINC, "code": loinc}] if loinc else []
    if slug:
        codings.append({"system": f"{OURS}:section", "code": slug})
    return {"coding": codings} if codings else None


def known(told: Row) -> Row:
    """Return what is known: FHIR has no null and no empty list."""
    return {name: value for name, value in told.items() if value not in (None, [], {})}

"""openFDA records: one document each, every word once, tables as tables, flattened text cut up again."""

import hashlib
import io
import json
import os
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from labelpipe.errors import UnreadableSource, UnsupportedFormat
from labelpipe.model import Reading, Source, Unopened
from labelpipe.readers.openfda import open_records, read_openfda, read_record
from labelpipe.readers.openfda_json import CHUNK_BYTES, canonical
from labelpipe.sections.stated import section_of_code, stated_sections, unknown_codes
from labelpipe.vocabulary import load

SHARED = Path(os.environ.get("LABELPIPE_SHARED", "/nowhere"))
needs_shared = pytest.mark.skipif(not SHARED.is_dir(), reason="LABELPIPE_SHARED names no folder of corpora")

TABLE = (
    "<table><thead><tr><th>Effect</th><th>Share</th></tr></thead>"
    "<tbody><tr><td>Cough</td><td>3<sup>a</sup></td></tr></tbody></table>"
)
RECORD: dict[str, Any] = {
    "set_id": "set-1",
    "id": "version-1",
    "version": "7",
    "effective_time": "20240229",
    "warnings_and_cautions": [
        "5 WARNINGS AND PRECAUTIONS Ask before use ( 5.1 , 5.2 ). 5.1 Loss of Balance Patients who walk far may fall. "
        "5.2 Dry Eyes in Winter Use drops [see 5.1 Loss] that help: • water • gel"
    ],
    "use_in_specific_populations": [
        "8 USE IN SPECIFIC POPULATIONS 8.4 Pediatric Use Children were not in any study of it."
    ],
    "pediatric_use": ["8.4 Pediatric Use Children were not in any study of it."],
    "adverse_reactions": ["6 ADVERSE REACTIONS See this list of them all. Effect Share Cough 3 a Call your doctor."],
    "adverse_reactions_table": [TABLE],
    "openfda": {
        "brand_name": ["Lorvel"],
        "generic_name": ["LORVATINE"],
        "manufacturer_name": ["Tern Laboratories"],
        "substance_name": ["LORVATINE"],
        "route": ["ORAL"],
        "package_ndc": ["12345-678-30"],
        "product_ndc": ["12345-678", "12345-679"],
        "pharm_class_epc": ["Balance Agent [EPC]"],
        "unii": ["AAA111BBB2"],
        "application_number": ["NDA000001"],
    },
}


def lines(reading: Reading) -> list[str]:
    return [f"{block.kind} | {block.text}" for block in reading.blocks]


def response(*records: dict[str, Any]) -> bytes:
    return json.dumps({"meta": {"last_updated": "2024-01-01"}, "results": list(records)}).encode()


def test_a_record_is_cut_into_its_blocks() -> None:
    assert lines(read_record(RECORD)) == [
        "heading | 5 WARNINGS AND PRECAUTIONS",
        "paragraph | Ask before use ( 5.1 , 5.2 ).",
        "heading | 5.1 Loss of Balance",
        "paragraph | Patients who walk far may fall.",
        "heading | 5.2 Dry Eyes in Winter",
        "paragraph | Use drops [see 5.1 Loss] that help:",
        "list_item | • water",
        "list_item | • gel",
        "heading | 6 ADVERSE REACTIONS",
        "paragraph | See this list of them all.",
        "table_row | Effect\tShare",
        "table_row | Cough\t3a",
        "noise | Effect Share Cough 3 a",
        "paragraph | Call your doctor.",
        "heading | 8 USE IN SPECIFIC POPULATIONS",
        "noise | 8.4 Pediatric Use Children were not in any study of it.",
        "heading | 8.4 Pediatric Use",
        "paragraph | Children were not in any study of it.",
    ]


def test_fields_are_sections_by_their_codes() -> None:
    reading = read_record(RECORD)
    placed = stated_sections(reading)
    by_text = {block.text: placed[block.block_no][0] for block in reading.blocks}
    assert by_text["Patients who walk far may fall."] == "warnings_and_precautions"
    assert by_text["Children were not in any study of it."] == "pediatric_use"
    assert [one.title for one in reading.stated_sections if one.depth == 2] == [
        "5.1 Loss of Balance",
        "5.2 Dry Eyes in Winter",
    ]


def test_what_the_record_states() -> None:
    reading = read_record(RECORD)
    assert reading.stated["label_id"] == reading.stated["set_id"] == "set-1"
    assert reading.stated["brand_name"] == "Lorvel"
    assert (reading.stated["pharm_class"], reading.stated["pharm_class_type"]) == ("Balance Agent", "EPC")
    assert [product.ndc for product in reading.products] == ["12345-678-30", "12345-679"]
    assert reading.products[0].ndc11 == "12345067830"
    assert (reading.products[0].route, reading.products[0].application_number) == ("ORAL", "NDA000001")
    assert [(one.product_no, one.name, one.unii) for one in reading.ingredients] == [
        (1, "LORVATINE", "AAA111BBB2"),
        (2, "LORVATINE", "AAA111BBB2"),
    ]


def test_of_several_substances_nothing_says_which_code_is_whose() -> None:
    facts = {
        "substance_name": ["LORVATINE", "TARVINE"],
        "unii": ["AAA111BBB2", "CCC333DDD4"],
        "product_ndc": ["12345-678"],
    }
    reading = read_record({**RECORD, "openfda": facts})
    assert [(one.name, one.unii) for one in reading.ingredients] == [("LORVATINE", None), ("TARVINE", None)]


def test_an_unknown_field_is_kept_and_said() -> None:
    reading = read_record({"set_id": "x", "zebra_notes": ["Stripes of the tablet."]})
    assert lines(reading) == ["paragraph | Stripes of the tablet."]
    assert [finding.evidence for finding in unknown_codes(reading)] == ["zebra_notes"]


def opened(path: str, data: bytes) -> list[Source]:
    return [found for found in open_records(io.BytesIO(data), path) if isinstance(found, Source)]


def test_each_record_is_a_document() -> None:
    other = {**RECORD, "set_id": "set-2"}
    documents = opened("bulk.json", response(RECORD, other))
    assert [source.path for source in documents] == ["bulk.json#1", "bulk.json#2"]
    shuffled = dict(reversed(RECORD.items()))
    [again] = opened("one.json", response(shuffled))
    assert again.path == "one.json"
    assert hashlib.sha256(again.data).digest() == hashlib.sha256(documents[0].data).digest()


FORMS = {
    "response": response(RECORD, RECORD),
    "list": json.dumps([RECORD, RECORD]).encode(),
    "lines": b"\n".join([json.dumps(RECORD).encode()] * 2) + b"\n",
    "lines of responses": response(RECORD) + b"\r\n" + response(RECORD),
    "indented": json.dumps({"results": [RECORD, RECORD]}, indent=2).encode(),
    "with a mark": b"\xef\xbb\xbf" + response(RECORD, RECORD),
    "utf-16": response(RECORD, RECORD).decode().encode("utf-16"),
}


@pytest.mark.parametrize("form", FORMS)
def test_every_form_gives_the_same_records(form: str) -> None:
    assert [json.loads(source.data) for source in opened(form, FORMS[form])] == [RECORD, RECORD]


class Trickle(io.RawIOBase):
    """A stream that counts how far ahead it is read."""

    def __init__(self, data: bytes) -> None:
        self.data, self.at = data, 0

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        self.at += size
        return self.data[self.at - size : self.at]


def test_a_bulk_file_is_not_read_whole() -> None:
    stream = Trickle(response(*[{**RECORD, "set_id": str(number)} for number in range(5000)]))
    found = open_records(stream, "bulk.json")
    first = next(found)
    assert isinstance(first, Source)
    assert json.loads(first.data)["set_id"] == "0"
    assert stream.at <= 2 * CHUNK_BYTES < len(stream.data)
    assert sum(1 for _ in found) == 4999


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "no results"),
        (b'{"meta": {}, "results": []}', "no results"),
        (b'{"error": {"code": "NOT_FOUND", "message": "No matches found!"}}', "No matches found!"),
        (response(RECORD)[:-10], "line 1, column"),
        (b'{"results": [{"set_id": "a"},\n ]}', "line 2, column 2"),
        (b'{"results": [{"set_id" "a"}]}', "line 1, column 24"),
        (b'{"a": 1}', "without openFDA label records"),
        (b'{"line": 4, "kind": "paragraph", "sections": ["overdosage"]}', "without openFDA label records"),
        (b'{"warnings": [4]}', "without openFDA label records"),
        (b"[" * 100_000, "line 1"),
        (b'{"results": [' + b'{"set_id":' * 100_000, "line 1"),
        (b'{"set_id": "a", "n": ' + b"9" * 5000 + b"}", "line 1"),
        (b'{"set_id": "\xff"}', "encodings"),
    ],
)
def test_what_is_refused(data: bytes, words: str) -> None:
    with pytest.raises(UnreadableSource, match=words):
        read_openfda(Source("bad.json", data))


def test_a_file_of_several_records_is_no_single_document() -> None:
    with pytest.raises(UnsupportedFormat, match="several"):
        read_openfda(Source("bulk.json", response(RECORD, RECORD)))


def test_a_record_that_is_none_does_not_stop_the_others() -> None:
    data = json.dumps({"results": [RECORD, {"a": 1}, "words", {**RECORD, "set_id": "set-2"}]}).encode()
    found = list(open_records(io.BytesIO(data), "bulk.json"))
    assert [(one.path, isinstance(one, Source)) for one in found] == [
        ("bulk.json#1", True),
        ("bulk.json#2", False),
        ("bulk.json#3", False),
        ("bulk.json#4", True),
    ]


def test_what_stands_before_the_damage_is_kept() -> None:
    data = response(RECORD, {**RECORD, "set_id": "set-2"})[:-10]
    first, second = open_records(io.BytesIO(data), "bulk.json")
    assert isinstance(first, Source)
    assert first.path == "bulk.json#1"
    assert isinstance(second, Unopened)
    assert (second.path, second.error.rule) == ("bulk.json", "malformed_source")
    assert "line 1, column" in str(second.error)


def test_half_a_character_does_no_harm() -> None:
    record = json.loads('{"set_id": "x", "purpose": ["pain \\ud83d relief"]}')
    assert lines(read_record(record))[-1].encode() == "paragraph | pain \ufffd relief".encode()
    assert canonical(record).decode()


def test_damaged_table_markup_is_read_as_far_as_it_goes() -> None:
    record = {"set_id": "x", "purpose_table": ["<table><tbody><tr><td>1 &nbsp; 2<td>b</tr>"]}
    assert [cell.text for cell in read_record(record).table_cells][:1]


def bag(words: str) -> Counter[str]:
    return Counter("".join(words.split()))


@needs_shared
def test_every_field_of_the_reference_is_known() -> None:
    mapping = json.loads((SHARED / "corpus/openfda_reference/schemas_spl_mapping.json").read_text())
    names = {name.removesuffix("_table") for name in mapping["_doc"]["properties"]}
    known = {*load("openfda")["fields"], *load("openfda")["record"]["fields"]}
    assert names <= known
    silent = set(load("spl")["silent_codes"])
    assert {code for code in load("openfda")["fields"].values() if code not in section_of_code()} <= silent


@needs_shared
def test_every_character_of_real_records_is_in_one_block() -> None:
    files = [*(SHARED / "corpus/openfda").glob("*"), *(SHARED / "corpus/openfda_history").glob("*/*")]
    assert len(files) == 326
    for file in sorted(files):
        source = Source(file.name, file.read_bytes())
        record = json.loads(source.data)["results"][0]
        reading = read_openfda(source)
        own = "".join(block.text for block in reading.blocks if block.kind != "image")
        assert bag(own) == bag("".join(source_texts(record))), file.name


def source_texts(record: dict[str, Any]) -> list[str]:
    """Return the record's texts, and those of its tables, equal tables once."""
    about = load("openfda")["record"]["fields"]
    out, tables = [], {}
    for name, texts in record.items():
        for text in texts if name not in about else ():
            if name.endswith("_table"):
                root = etree.fromstring(f"<x>{text}</x>", etree.XMLParser(recover=True))
                words = "".join(map(str, root.itertext()))
                tables["".join(words.split())] = words
            else:
                out.append(text)
    return [*out, *tables.values()]

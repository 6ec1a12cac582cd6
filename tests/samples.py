"""Labels made by hand, with rows in every table of the contract: what the contract and the store are tested with."""

import hashlib
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

import pyarrow as pa

from labelpipe.contract import TABLES
from labelpipe.contract.rows import to_tables
from labelpipe.model import (
    Adjustment,
    Block,
    BoxedWarning,
    Classification,
    Contraindication,
    Document,
    Dose,
    Facts,
    Faq,
    Finding,
    Ingredient,
    Interaction,
    Label,
    Pharmacokinetic,
    Product,
    Reject,
    Section,
    Table,
    TableCell,
)
from labelpipe.store.database import assemble, finish
from labelpipe.store.release import Release

LINES = (
    ("field_label", "Brand Name"),
    ("field_value", "{name}"),
    ("table_row", "| 5 mg/1 | TABLET | ORAL | 12345-678 |"),
    ("heading", "Uses"),
    ("paragraph", "{name} brings the pressure down; adults take 5 mg a day."),
    ("paragraph", "Oral {name} has no boxed warning, and half of it is gone after 6 hours."),
    ("faq_question", "Can I drink wine with it?"),
    ("faq_answer", "A glass now and then does no harm."),
)


def make_label(name: str = "Lorvel") -> Label:
    """Return a label that keeps the contract and has rows in every table."""
    text = "\n".join(words.format(name=name) for _, words in LINES)
    blocks = _blocks(name)
    use, dose = blocks[4], "adults take 5 mg a day"
    start = use.char_start + use.text.index(dose)
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    return Label(
        doc_id=sha256[:16],
        document=Document(
            label_id=name.lower(),
            source_path=f"{name.lower()}.txt",
            source_format="text",
            source_sha256=sha256,
            source_bytes=len(text.encode()),
            source_tier="secondary",
            brand_name=name,
            active_ingredients=("Lorvatine",),
            declared_products=1,
            language="en",
            parser_version="1.0.0",
        ),
        text=text,
        blocks=blocks,
        sections=(
            Section(1, None, 1, "indications_and_usage", "34067-9", "Uses", use.text, (5, 6), "stated", 1.0),
            Section(2, None, 1, "faq", None, None, blocks[7].text, (7, 8), "inferred", 0.9),
        ),
        facts=Facts(
            tables=(Table(1, None, None, 1, 4, 0),),
            table_cells=tuple(
                TableCell(1, 1, column, words, 3)
                for column, words in enumerate(("5 mg/1", "TABLET", "ORAL", "12345-678"), 1)
            ),
            faqs=(_answered(blocks[6], blocks[7]),),
            products=(_tablet(blocks[2]),),
            ingredients=(Ingredient(1, 1, "Lorvatine", **blocks[1].quoted(), method="header", confidence=0.99),),
            pharmacokinetics=(_half_life(blocks[5]),),
            boxed_warnings=(
                BoxedWarning(1, "ORAL", "absent", 6, blocks[5].char_start, blocks[5].char_end, blocks[5].text),
            ),
            adjustments=(
                Adjustment(
                    1,
                    "renal",
                    "not_required",
                    None,
                    6,
                    blocks[5].char_start,
                    blocks[5].char_end,
                    blocks[5].text,
                    "prose",
                    0.9,
                ),
            ),
            contraindications=(
                Contraindication(
                    1,
                    "gout",
                    "contraindicated",
                    6,
                    blocks[5].char_start,
                    blocks[5].char_end,
                    blocks[5].text,
                    "prose",
                    0.8,
                ),
            ),
            interactions=(
                Interaction(
                    1,
                    "warfarin",
                    "caution",
                    "care",
                    6,
                    blocks[5].char_start,
                    blocks[5].char_end,
                    blocks[5].text,
                    "prose",
                    0.8,
                ),
            ),
            classifications=(
                Classification(
                    1,
                    "pregnancy_category",
                    "C",
                    6,
                    blocks[5].char_start,
                    blocks[5].char_end,
                    blocks[5].text,
                    "prose",
                    0.9,
                ),
            ),
            doses=(
                Dose(
                    1, None, None, None, 5, 5, "mg", "d", None, None, 5, start, start + len(dose), dose, confidence=0.9
                ),
            ),
        ),
        findings=(_glued(blocks[1]),),
    )


def _glued(block: Block) -> Finding:
    told = Finding("glued_label", "info", "two things were run together", block.block_no, finding_no=1)
    return told._replace(char_start=block.char_start, char_end=block.char_end, quote=block.text)


def _tablet(row: Block) -> Product:
    stated = Product(1, None, "5 mg/1", 5, "mg", 1, "1", "TABLET", "ORAL", "12345-678")
    return stated._replace(**row.quoted(), method="table", confidence=0.99)


def _answered(question: Block, answer: Block) -> Faq:
    span = (answer.char_start, answer.char_end)
    return Faq(1, question.text, None, "stated", "alcohol", 0.9, answer.text, answer.block_no, *span, None)


def _half_life(block: Block) -> Pharmacokinetic:
    row = Pharmacokinetic(1, "half_life", "6 hours", "=", 6, 6, unit="h", route="ORAL", block_no=block.block_no)
    return row._replace(
        char_start=block.char_start, char_end=block.char_end, quote=block.text, method="prose", confidence=0.9
    )


def _blocks(name: str) -> tuple[Block, ...]:
    blocks, at = [], 0
    for number, (kind, words) in enumerate(LINES, 1):
        words = words.format(name=name)
        section = "indications_and_usage" if number in (5, 6) else None
        method, confidence = ("stated", 1.0) if section else ("none", None)
        blocks.append(
            Block(
                block_no=number,
                kind=kind,
                text=words,
                char_start=at,
                char_end=at + len(words),
                locator=f"line {number}",
                section=section,
                section_candidate=section,
                section_method=method,
                section_confidence=confidence,
            )
        )
        at += len(words) + 1
    return tuple(blocks)


def publish(
    labels: Iterable[Label], output: Path, run_id: str = "20260101T000000.000000Z", batch_size: int = 2
) -> list[Reject]:
    """Publish labels as a build would, and return the rejects of the checks across tables."""
    with Release(output, run_id) as release:
        given = list(labels)
        for start in range(0, len(given), batch_size):
            release.add(to_tables(given[start : start + batch_size]))
        con, rejects = assemble(release, [])
        finish(con, release, rejects, run_table(run_id, len(given)))
        release.publish()
    return rejects


def run_table(run_id: str, n_documents: int) -> pa.Table:
    """Return the row of a run in which every document was parsed."""
    row = {
        "run_id": run_id,
        "started_at": datetime(2026, 1, 1, tzinfo=UTC),
        "finished_at": datetime(2026, 1, 1, tzinfo=UTC),
        "labelpipe_version": "1.0.0",
        "schema_version": "1.0.0",
        "n_documents": n_documents,
        "n_parsed": n_documents,
        "n_reused": 0,
        "n_duplicates": 0,
        "n_rejected": 0,
        "settings": "{}",
    }
    return pa.Table.from_pylist([row], schema=TABLES["runs"].arrow)


PAGE = """Loading...
Medical Disclaimer: this page is there for educational purposes only.
Brand Name
{name}
Generic Name
Lorvatine Tablets
Active Ingredient
LorvatineCategory
Calcium Antagonist [EPC]
Variants
3
| 5 mg/1 | TABLET | ORAL | 12345-678 |
Detailed information about {name}
{name} is prescribed to adults whose blood pressure stays too high.
Adults take 5 mg once a day, in the evening, and swallow the tablet whole.
The side effects heard of most often are as follows:
There is no boxed warning for {name} tablets.
Nobody who is allergic to lorvatine should take this medicine.
Common questions about {name}
Can I drink wine with it?
A glass of alcohol now and then does no harm.
You may drive once you know how the tablets suit you.
Other drugs with the same active ingredient (Lorvatine)
Half of the drug has left the blood after 6 hours.
| Parameter | Value |
|---|---|
| Half-life | 6 hours |
| Protein binding | 92% |
"""


def write_pages(folder: Path, *names: str) -> Path:
    """Write a scraped page for each name into the folder, and return the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in names:
        (folder / f"{name.lower()}.txt").write_text(PAGE.format(name=name), encoding="utf-8")
    return folder

"""What a reviewer corrects reaches the training set."""

from pathlib import Path

import pytest

from labelpipe.errors import LabelpipeError

pytest.importorskip("scipy")

from labelpipe.training.documents import Document, review_documents

REVIEW = """# zerbal.txt: correct the section
~ field_label - | Generic Name
~ field_value - | Zerbaline Tablets
~ heading - | Detailed information about Zerbal
~ paragraph boxed_warning 0.55 | The tablets slow the heart, and the doctor will want to check the pulse now and then.
= paragraph warnings_and_precautions 0.55 | People with asthma need to be watched with care while they take it.
= paragraph - | A line that belongs nowhere at all, as the reviewer found.
"""


def documents(folder: Path) -> list[Document]:
    (folder / "held_out.txt").write_text("", encoding="utf-8")
    (folder / "reviews").mkdir()
    (folder / "reviews" / "page one.review").write_text(REVIEW, encoding="utf-8")
    return list(review_documents(folder))


def test_a_reviewed_line_is_learned_from(tmp_path: Path) -> None:
    (document,) = documents(tmp_path)
    told = {unit.text: right for unit, right in zip(document.units, document.right, strict=True) if right}
    assert told == {
        "People with asthma need to be watched with care while they take it.": ("warnings_and_precautions",)
    }
    assert (document.drug, document.register, document.source) == ("zerbaline", "page", "reviews")


def test_lines_not_looked_at_are_context_only(tmp_path: Path) -> None:
    (document,) = documents(tmp_path)
    assert len(document.units) == 3
    assert document.right[0] == ()


def test_the_file_names_the_drug_where_the_page_does_not(tmp_path: Path) -> None:
    (tmp_path / "held_out.txt").write_text("", encoding="utf-8")
    (tmp_path / "reviews").mkdir()
    lines = "\n".join(line for line in REVIEW.splitlines() if "field_" not in line)
    (tmp_path / "reviews" / "Zerbal page.review").write_text(lines, encoding="utf-8")
    assert [document.drug for document in review_documents(tmp_path)] == ["zerbal"]


def test_a_held_out_drug_stays_unseen(tmp_path: Path) -> None:
    (tmp_path / "monographs").mkdir()
    (tmp_path / "monographs" / "Zerbal.md").write_text("brand: Zerbal\ngeneric: Zerbaline\n", encoding="utf-8")
    assert documents(tmp_path)
    (tmp_path / "held_out.txt").write_text("Zerbal\n", encoding="utf-8")
    assert list(review_documents(tmp_path)) == []


def test_a_section_that_does_not_exist_is_told(tmp_path: Path) -> None:
    (tmp_path / "held_out.txt").write_text("", encoding="utf-8")
    (tmp_path / "reviews").mkdir()
    (tmp_path / "reviews" / "x.review").write_text("= paragraph side_effekts | Words of some kind.\n", encoding="utf-8")
    with pytest.raises(LabelpipeError, match="side_effekts"):
        list(review_documents(tmp_path))

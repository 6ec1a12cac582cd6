"""What each line of a page is. One case is one file: `# why`, the page, `---`, and each block as `kind | words`.

Header blocks name their field behind the kind; `\\r`, `\\t`, `\\xNN`, `\\uNNNN` stand for what one cannot see.
"""

import re
from pathlib import Path

import pytest

from labelpipe.model import Block, Source
from labelpipe.readers import read

CASES = sorted(Path(__file__).parent.glob("cases/*.case"))
_ESCAPE = re.compile(r"\\(?:[nrt]|x[0-9a-f]{2}|u[0-9a-f]{4})")


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.stem)
def test_page_is_cut_into_the_blocks_of_the_case(case: Path) -> None:
    page, expected = _load(case)
    blocks = read(Source(case.name, page.encode())).blocks
    assert [_line(block) for block in blocks] == expected


def _load(case: Path) -> tuple[str, list[str]]:
    lines = case.read_text(encoding="utf-8").split("\n")
    while lines[0].startswith("#"):
        lines.pop(0)
    at = lines.index("---")
    return _visible("\n".join(lines[:at])), [_visible(line) for line in lines[at + 1 :] if line]


def _visible(text: str) -> str:
    """Put the characters in that the escapes stand for."""
    return _ESCAPE.sub(lambda match: match[0].encode().decode("unicode_escape"), text)


def _line(block: Block) -> str:
    field = f" {block.field}" if block.field else ""
    return f"{block.kind}{field} | {block.text}"

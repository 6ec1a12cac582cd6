"""Inputs that broke a reader once (tools/fuzz.py found them): each is read, or refused with a reason."""

from pathlib import Path

import pytest

from labelpipe.errors import UnreadableSource
from labelpipe.model import Source
from labelpipe.pipeline import parse_source

FOUND = sorted((Path(__file__).parent / "found").iterdir())


@pytest.mark.parametrize("path", FOUND, ids=lambda path: path.name)
def test_it_is_read_or_refused(path: Path) -> None:
    try:
        label = parse_source(Source(path.name, path.read_bytes()))
    except UnreadableSource:
        return
    said = "".join(block.text for block in label.blocks)
    assert "".join(said.split()) == "".join(label.text.split())

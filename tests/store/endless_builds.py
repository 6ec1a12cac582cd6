"""A process that builds without end, to be killed. Everything is loaded and warm when this module has been imported."""

from multiprocessing.connection import Connection
from pathlib import Path

import labelpipe
from labelpipe.contract.rows import to_tables
from labelpipe.contract.validate import validate_table
from labelpipe.pipeline import build

_PAGE = b"Brand Name\nLorvel\nLorvel is prescribed to adults whose blood pressure stays too high.\n"
for _name, _rows in to_tables([labelpipe.parse(_PAGE)]).items():
    validate_table(_name, _rows)


def build_forever(inputs: list[Path], output: Path, announce: Connection) -> None:
    """Build each input in turn, and say so before each build."""
    while True:
        for raw in inputs:
            announce.send("building")
            build([raw], output)

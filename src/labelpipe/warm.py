"""What workers are forked from loads this once: models and vocabularies, which the first document would wait for."""

from labelpipe.contract.rows import to_tables
from labelpipe.contract.validate import validate_table
from labelpipe.model import Source
from labelpipe.pipeline import parse_source

_PAGE = b"Brand Name\nLorvel\nLorvel is prescribed to adults whose blood pressure stays too high.\n"

for _name, _rows in to_tables([parse_source(Source("warm.txt", _PAGE))]).items():
    validate_table(_name, _rows)

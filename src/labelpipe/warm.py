"""What workers are forked from loads this once: models and vocabularies, which the first document would wait for."""

import gc
import signal

signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches all processes of a terminal; the build ends its workers

from labelpipe.contract.rows import to_tables  # noqa: E402
from labelpipe.contract.validate import validate_table  # noqa: E402
from labelpipe.model import Source  # noqa: E402
from labelpipe.pipeline import parse_source  # noqa: E402

_PAGE = b"Brand Name\nLorvel\nLorvel is prescribed to adults whose blood pressure stays too high.\n"

for _name, _rows in to_tables([parse_source(Source("warm.txt", _PAGE))]).items():
    validate_table(_name, _rows)

gc.collect()
gc.freeze()  # what is loaded stays: no worker has to look through it for garbage, nor to copy its pages for that

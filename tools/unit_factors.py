"""Write what pint says of the units in a build to vocabulary/unit_factors.toml, so that a build need not load it.

    python tools/unit_factors.py OUTPUT

Units that stand in the file already stay. A test holds every line against pint and ucumvert.
"""

import json
import sys
from pathlib import Path

import duckdb

from labelpipe.store.units import measured
from labelpipe.vocabulary import load

FILE = Path(__file__).resolve().parent.parent / "src/labelpipe/vocabulary/unit_factors.toml"
HEAD = """# Units of labels, and one of each in the unit it is compared in (UCUM): written by tools/unit_factors.py.
"""


def main() -> None:
    """Add the units of the build in a folder."""
    with duckdb.connect(str(Path(sys.argv[1]) / "labels.duckdb"), read_only=True) as con:
        used = {unit for (unit,) in con.execute("SELECT unit FROM units").fetchall()}
    lines = []
    for unit in sorted({*used, *load("unit_factors"), *load("units")["comparable"]["units"]}):
        told = ", ".join(f"{name} = {json.dumps(value)}" for name, value in measured(unit).items())
        lines.append(f"{json.dumps(unit)} = {{ {told} }}\n")
    FILE.write_text(HEAD + "".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main()

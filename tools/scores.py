"""Print the committed scores of the placer (training/scores.json) as a table.

    python tools/scores.py [--sections NAME]

With --sections the F1 of each section is printed for one corpus.
"""

import argparse
import json
import sys
from pathlib import Path
from typing import Any

FIGURES = ("accuracy", "macro_f1", "at_80", "ece", "boundary_f1")


def overview(scores: dict[str, Any]) -> list[str]:
    """Return a line for each corpus."""
    lines = [
        f"{'corpus':<26} {'lines':>7} {'accuracy (95 % interval)':>26} " + " ".join(f"{f:>11}" for f in FIGURES[1:])
    ]
    for name, found in scores.items():
        low, high = found["interval_95"]
        accuracy = f"{found['accuracy']:.3f} ({low:.3f} to {high:.3f})"
        rest = " ".join(f"{found[figure]:>11.3f}" for figure in FIGURES[1:])
        lines.append(f"{name:<26} {found['n']:>7} {accuracy:>26} {rest}")
    return lines


def by_section(found: dict[str, Any]) -> list[str]:
    """Return a line for each section of a corpus."""
    return [f"{section:<40} {entry['f1']:>6.3f} {entry['n']:>7}" for section, entry in found["per_section"].items()]


def main() -> None:
    """Print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sections", metavar="NAME")
    arguments = parser.parse_args()
    scores: dict[str, Any] = {}
    for group in json.loads(Path("training/scores.json").read_text(encoding="utf-8")).values():
        scores |= group
    lines = by_section(scores[arguments.sections]) if arguments.sections else overview(scores)
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()

"""Score the facts that are read against the gold set in tests/facts/gold.

    LABELPIPE_SHARED=... python tools/fact_scores.py [--table doses] [--mistakes] [--evidence] [--boxed-words] [--save]
    python tools/fact_scores.py --saved

Prints precision, recall and F1 for each table, on the drugs to learn from and on those held out. With --mistakes the
passages that went wrong too, of the drugs to learn from only: what is held out is never looked at. With --evidence
how often doses and kinetic values are right by their evidence, on all drugs: their confidence. With --boxed-words
every label of the corpora is stripped of its codes and headings, and its boxed warning found again (half a minute).
--save keeps the figures in training/facts.json, which a test holds against the code; --saved prints those held out.
"""

import argparse
import json
import os
import sys
from pathlib import Path

from labelpipe.evaluation import fact_evidence
from labelpipe.evaluation.boxed_words import score_boxed_words
from labelpipe.evaluation.fact_board import all_figures, as_text, mistakes, overview
from labelpipe.evaluation.fact_gold import Roots
from labelpipe.evaluation.fact_scores import CORE, score_facts
from labelpipe.extract.evidence import KINDS

REPOSITORY = Path(__file__).resolve().parent.parent
SAVED = REPOSITORY / "training" / "facts.json"


def main() -> None:
    """Score and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--table", choices=CORE, action="append")
    parser.add_argument("--mistakes", action="store_true")
    parser.add_argument("--evidence", action="store_true")
    parser.add_argument("--boxed-words", action="store_true")
    parser.add_argument("--save", action="store_true")
    parser.add_argument("--saved", action="store_true")
    arguments = parser.parse_args()
    if arguments.saved:
        kept = json.loads(SAVED.read_text(encoding="utf-8"))
        sys.stdout.write("\n".join(overview({name: f for name, f in kept.items() if "held_out" in name})) + "\n")
        return
    roots = Roots(REPOSITORY, Path(os.environ["LABELPIPE_SHARED"]) / "corpus")
    gold = REPOSITORY / "tests" / "facts" / "gold"
    if arguments.boxed_words:
        found = score_boxed_words(gold, roots)
        sys.stdout.write(
            f"boxed warnings from the words of {found.labels} labels: {len(found.right)} right, "
            f"{len(found.missed)} missed, {len(found.made_up)} made up; "
            f"precision {found.precision:.3f}, recall {found.recall:.3f}\n"
        )
        return
    outcomes = score_facts(gold, roots, arguments.table or tuple(CORE))
    if arguments.mistakes:
        for (table, split), outcome in outcomes.items():
            if split == "dev":
                sys.stdout.write("".join(f"{line}\n" for line in (f"## {table}", *mistakes(outcome))))
    if arguments.evidence:
        for table in sorted({table for table, _ in outcomes} & set(KINDS)):
            totals = (outcome.total for (name, _), outcome in outcomes.items() if name == table)
            sys.stdout.write(fact_evidence.as_text(table, fact_evidence.exact_precision(table, totals)) + "\n")
    if arguments.save:
        SAVED.write_text(json.dumps(all_figures(outcomes), indent=2) + "\n", encoding="utf-8")
    sys.stdout.write(as_text(outcomes) + "\n")


if __name__ == "__main__":
    main()

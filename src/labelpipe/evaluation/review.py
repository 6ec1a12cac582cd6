"""A file in which a reviewer corrects sections, and from which `make train` learns.

One line a block: a mark, the kind, the section (`-` for none), how sure the pipeline was, and the words:

    ~ paragraph dosage_and_administration 0.62 | Shake the bottle before every spoonful.

The reviewer changes the section where it is wrong, and the mark to `=` where a line has been looked at. Only lines
marked `=` are learned from; the others are context.
"""

import re

from labelpipe.errors import LabelpipeError
from labelpipe.evaluation.gold import GoldDocument, GoldLine
from labelpipe.model import Label
from labelpipe.vocabulary import kinds, sections

UNSEEN, REVIEWED = "~", "="
NO_SECTION = "-"

_LINE = re.compile(r"(?P<mark>[~=]) (?P<kind>\S+) (?P<section>\S+)(?: (?P<sure>[\d.]+))? \| (?P<words>.*)")


def render_review(label: Label) -> str:
    """Return the review file of a parsed document, every line still to be looked at."""
    told = f"correct the section, and put {REVIEWED} for {UNSEEN} on every line you have looked at"
    lines = [f"# {label.document.source_path}: {told}"]
    for block in label.blocks:
        sure = "" if block.section_confidence is None else f" {block.section_confidence:.2f}"
        lines.append(f"{UNSEEN} {block.kind} {block.section or NO_SECTION}{sure} | {block.text}")
    return "\n".join(lines) + "\n"


def parse_review(text: str, name: str) -> GoldDocument:
    """Return a review as a gold document: its text, and the truth about the lines that were reviewed.

    Raises:
        LabelpipeError: a line is not of the form above, or names a kind or a section that does not exist.
    """
    words: list[str] = []
    truth: list[GoldLine] = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        match = _LINE.fullmatch(line)
        if match is None:
            raise LabelpipeError(
                f"{name}, line {number}: not `{REVIEWED} kind section | words`; see `labelpipe review --help`"
            )
        _check(match, name, number)
        words.append(match["words"])
        if match["mark"] == REVIEWED and match["section"] != NO_SECTION:
            truth.append(GoldLine(len(words), match["kind"], (match["section"],)))
    return GoldDocument(name, "\n".join(words), tuple(truth))


def _check(match: re.Match[str], name: str, number: int) -> None:
    for what, known in (("kind", kinds()), ("section", (*sections(), NO_SECTION))):
        if match[what] not in known:
            raise LabelpipeError(
                f"{name}, line {number}: there is no {what} {match[what]!r}; one of {', '.join(known)}"
            )

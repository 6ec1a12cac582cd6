"""The scores for people, and for files."""

import json
from collections.abc import Mapping
from typing import Any

from labelpipe.evaluation.scores import Scores

FIGURES = ("accuracy", "macro_f1", "coverage", "covered", "at_80", "ece", "boundary_f1")
MAX_CONFUSIONS = 15
DIGITS = 4


def as_dict(scores: Scores) -> dict[str, Any]:
    """Return the scores as plain values, fit for JSON; the worst lines are left out, since they quote texts."""
    out: dict[str, Any] = {"n": scores.n, "documents": scores.documents}
    out |= {name: round(getattr(scores, name), DIGITS) for name in FIGURES}
    out["interval_95"] = [round(limit, DIGITS) for limit in scores.interval]
    out["per_section"] = {s: {"f1": round(f1, DIGITS), "n": n} for s, (f1, n) in scores.per_section.items()}
    out["confusions"] = [{"gold": gold, "said": said, "n": n} for gold, said, n in scores.confusions[:MAX_CONFUSIONS]]
    return out


def as_text(scores: Scores, worst: int = 10) -> str:
    """Return the scores as lines of plain text, with so many of the lines that were wrong with most confidence."""
    low, high = scores.interval
    out = [f"lines        {scores.n} in {scores.documents} documents"]
    out += [f"{name:<12} {getattr(scores, name):.4f}" for name in FIGURES]
    out[1] += f"  (95 % interval {low:.3f} to {high:.3f})"
    out += ["", f"{'section':<40} {'f1':>6} {'lines':>6}"]
    out += [f"{section:<40} {f1:6.3f} {n:6}" for section, (f1, n) in scores.per_section.items()]
    if scores.confusions:
        out += ["", "most confused (gold -> said, lines)"]
        out += [f"  {gold} -> {said}  {n}" for gold, said, n in scores.confusions[:MAX_CONFUSIONS]]
    if scores.worst and worst:
        out += ["", "wrong with most confidence"]
        out += [
            f"  {line.document}:{line.line_no}  {line.section} {line.confidence:.2f}, gold {'|'.join(line.accepted)}: "
            f"{line.text[:80]}"
            for line in scores.worst[:worst]
        ]
    return "\n".join(out)


def render_scores(scores: Mapping[str, Scores], style: str, worst: int) -> str:
    """Return the scores of several corpora by their names, as text for people or as JSON (`text`, `json`)."""
    if style == "json":
        return json.dumps({name: as_dict(found) for name, found in scores.items()}, indent=1)
    return "\n\n".join(f"{name}\n{as_text(found, worst)}" for name, found in scores.items())

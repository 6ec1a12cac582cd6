"""The charts of the report. Each stands beside a table that says the same."""

from collections.abc import Sequence
from typing import cast

from markupsafe import Markup
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from labelpipe.report.figures import Figure as Numbers
from labelpipe.report.rows import Row
from labelpipe.report.svg import ACCENT, INK, SOFT, inline_svg

WIDTH_INCHES = 7.2
BAR_INCHES = 0.3
MOST_BARS = 20


def draw_charts(figures: dict[str, Numbers]) -> dict[str, Markup]:
    """Return the charts of a build by the name of their figure; none where there is nothing to draw."""
    charts = {
        "confidence": _confidence(figures["confidence"].rows),
        "sections": _sections(figures["sections"].rows),
        "findings": _findings(figures["findings"].rows),
    }
    return {name: chart for name, chart in charts.items() if chart}


def _confidence(rows: list[Row]) -> Markup | None:
    if not rows:
        return None
    axes = _axes(2.6)
    starts = [row["from_percent"] + 2.5 for row in rows]
    placed = [row["n_placed"] for row in rows]
    axes.bar(starts, placed, width=4.4, color=ACCENT, label="placed")
    axes.bar(starts, [row["n_abstained"] for row in rows], bottom=placed, width=4.4, color=SOFT, label="not placed")
    axes.set_xlim(0, 100)
    axes.set_xlabel("confidence that the section is right, %")
    axes.set_ylabel("paragraphs")
    _legend(axes)
    sure = sum(row["n_placed"] + row["n_abstained"] for row in rows if row["from_percent"] >= 80)
    total = sum(row["n_placed"] + row["n_abstained"] for row in rows)
    told = f"{sure:,} of {total:,} paragraphs without a stated section have a confidence of 80 % or more."
    return _drawn(axes, "chart-confidence", "Confidence of inferred sections", told)


def _sections(rows: list[Row]) -> Markup | None:
    shown = rows[:MOST_BARS]
    if not shown:
        return None
    stated = [row["n_documents_stated"] for row in shown]
    inferred = [row["n_documents"] - row["n_documents_stated"] for row in shown]
    names = [_words(row["section"]) for row in shown]
    axes = _bars(names, (stated, ACCENT, "stated"), (inferred, SOFT, "inferred only"))
    axes.set_xlabel("documents")
    _legend(axes)
    told = f"{_words(shown[0]['section'])} is in most: in {shown[0]['n_documents']:,} documents."
    return _drawn(axes, "chart-sections", "Documents that have each section", told)


def _findings(rows: list[Row]) -> Markup | None:
    shown = sorted(rows, key=lambda row: -row["n_findings"])[:MOST_BARS]
    if not shown:
        return None
    loud = [row["n_findings"] * (row["severity"] != "info") for row in shown]
    quiet = [row["n_findings"] * (row["severity"] == "info") for row in shown]
    axes = _bars([_words(row["rule"]) for row in shown], (loud, ACCENT, "warnings, errors"), (quiet, SOFT, "notes"))
    axes.set_xlabel("findings")
    _legend(axes)
    told = f"{_words(shown[0]['rule'])} is found most: {shown[0]['n_findings']:,} times."
    return _drawn(axes, "chart-findings", "Findings by rule", told)


def _bars(names: list[str], *series: tuple[Sequence[float], str, str]) -> Axes:
    """Draw bars that lie, the first on top, each series behind the one before."""
    axes = _axes(0.8 + BAR_INCHES * len(names))
    left = [0.0] * len(names)
    places = range(len(names))
    for values, colour, label in series:
        axes.barh(places, values, left=left, height=0.62, color=colour, label=label)
        left = [before + value for before, value in zip(left, values, strict=True)]
    axes.set_yticks(places, names)
    axes.tick_params(axis="y", length=0)
    axes.invert_yaxis()
    return axes


def _axes(height_inches: float) -> Axes:
    figure = Figure(figsize=(WIDTH_INCHES, height_inches), layout="constrained")
    figure.patch.set_visible(False)
    axes = figure.add_subplot()
    axes.patch.set_visible(False)
    axes.spines[["top", "right", "left"]].set_visible(False)
    axes.spines["bottom"].set_color(INK)
    axes.tick_params(colors=INK)
    axes.xaxis.label.set_color(INK)
    axes.yaxis.label.set_color(INK)
    return axes


def _drawn(axes: Axes, name: str, title: str, told: str) -> Markup:
    return inline_svg(cast(Figure, axes.get_figure(root=True)), name, title, told)


def _legend(axes: Axes) -> None:
    axes.legend(frameon=False, labelcolor=INK, loc="best")


def _words(slug: str) -> str:
    return slug.replace("_", " ")

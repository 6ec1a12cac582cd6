"""The chart of docs/benchmark.md: how speed, memory and the distance from the floor go with the number of documents."""

from pathlib import Path
from typing import Any

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter

from benchmark.tables import by_name

COLOURS = {
    "build_one_core": "#1f5fa8",
    "build_all_cores": "#c2571a",
    "nothing_changed": "#3b8250",
    "one_changed": "#7a4fa0",
}
LABELS = {"build_one_core": "one core", "build_all_cores": "all cores"}
INK = "#333333"


def draw(sizes: list[dict[str, Any]], path: Path, digest: str) -> None:
    """Draw sizes with repeating lines as an SVG that is the same for the same figures."""
    shown = [size for size in sizes if not size["distinct"]]
    with mpl.rc_context({"svg.hashsalt": "labelpipe", "svg.fonttype": "path", "font.size": 9}):
        figure = Figure(figsize=(10.5, 3.4), layout="constrained")
        speed, memory, floor = figure.subplots(1, 3)
        for name in ("build_one_core", "build_all_cores"):
            _line(speed, shown, name, lambda size, measure: size["documents"] / measure["seconds"])
            _line(memory, shown, name, lambda _, measure: measure["peak_mb"])
        for name in COLOURS:
            _line(floor, shown, name, lambda size, measure: measure["cpu_seconds"] / _floor(size))
        _finish(speed, "documents a second")
        _finish(memory, "peak memory of all processes, MB")
        memory.axhline(2048 * 1.048576, color=INK, linewidth=0.8, linestyle=":")
        memory.annotate("2 GiB", (shown[0]["documents"], 2048 * 1.048576), xytext=(0, 3), textcoords="offset points")
        for axes in (speed, memory):
            axes.set_ylim(bottom=0)
        _finish(floor, "CPU time, in that of reading and hashing")
        floor.set_yscale("log")
        floor.yaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:,.0f}"))
        figure.savefig(path, format="svg", metadata={"Date": None, "Description": f"figures {digest}"})
    lines = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join(line.rstrip() for line in lines) + "\n", encoding="utf-8")


def _floor(size: dict[str, Any]) -> float:
    return float(by_name(size)["read_and_hash"]["cpu_seconds"])


def _line(axes: Axes, sizes: list[dict[str, Any]], name: str, value: Any) -> None:
    measured = [size for size in sizes if name in by_name(size)]
    counts = [size["documents"] for size in measured]
    values = [value(size, by_name(size)[name]) for size in measured]
    label = LABELS.get(name, name.replace("_", " "))
    axes.plot(counts, values, marker="o", markersize=4, color=COLOURS[name], label=label)


def _finish(axes: Axes, title: str) -> None:
    axes.set_title(title, fontsize=9, color=INK)
    axes.set_xscale("log")
    axes.set_xlabel("documents")
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:,.0f}"))
    axes.spines[["top", "right"]].set_visible(False)
    axes.legend(frameon=False, fontsize=8)

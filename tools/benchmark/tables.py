"""The tables of docs/benchmark.md, as Markdown, out of the figures."""

from collections.abc import Callable, Iterable
from itertools import pairwise
from typing import Any

Size = dict[str, Any]
Peers = dict[str, Any] | None
Table = Callable[[list[Size], Peers, list[dict[str, Any]]], str]

NAMES = {
    "read_and_hash": "floor: read and hash the same bytes",
    "write_rows": "floor: write the same rows (Arrow to Parquet)",
    "build_one_core": "clean build, one core",
    "build_all_cores": "clean build, all cores",
    "nothing_changed": "nothing changed",
    "one_changed": "one document changed",
}


def by_name(size: Size) -> dict[str, dict[str, Any]]:
    """Return a size's measures by their names."""
    return {measure["name"]: measure for measure in size["measures"]}


def measures(sizes: list[Size], _peers: Peers, _fuzzed: list[dict[str, Any]]) -> str:
    """Every measure of every size."""
    header = (
        "documents",
        "measure",
        "seconds",
        "CPU seconds",
        "documents/s",
        "x floor",
        "x floor, CPU",
        "peak MB",
        "others",
    )
    rows = []
    for size in sizes:
        floor = by_name(size)["read_and_hash"]
        for measure in size["measures"]:
            rows.append((documents(size), NAMES[measure["name"]], *_figures(measure, floor, size["documents"])))
    return markdown(header, rows)


def _figures(measure: dict[str, Any], floor: dict[str, Any], count: int) -> tuple[str, ...]:
    return (
        seconds(measure["seconds"]),
        seconds(measure["cpu_seconds"]),
        f"{count / measure['seconds']:,.0f}",
        f"{measure['seconds'] / floor['seconds']:,.1f}",
        f"{measure['cpu_seconds'] / floor['cpu_seconds']:,.1f}",
        f"{measure['peak_mb']:,.0f}" if measure["peak_mb"] else "",
        f"{measure['others_cores']:.2f}",
    )


def growth(sizes: list[Size], _peers: Peers, _fuzzed: list[dict[str, Any]]) -> str:
    """How time and memory grow from one size to the next, and what a second core brings."""
    columns = (
        ("one core", "build_one_core", "seconds"),
        ("one core, CPU", "build_one_core", "cpu_seconds"),
        ("all cores", "build_all_cores", "seconds"),
        ("all cores, CPU", "build_all_cores", "cpu_seconds"),
        ("peak, one core", "build_one_core", "peak_mb"),
        ("peak, all cores", "build_all_cores", "peak_mb"),
    )
    rows = []
    for before, after in pairwise(sizes):
        if before["distinct"] != after["distinct"]:
            continue
        old, new = by_name(before), by_name(after)

        def times(name: str, what: str, old: Size = old, new: Size = new) -> str:
            return f"x {new[name][what] / old[name][what]:.2f}" if name in old and name in new else ""

        rows.append(
            (
                documents(before),
                documents(after),
                f"x {after['documents'] / before['documents']:.0f}",
                *(times(name, what) for _, name, what in columns),
            )
        )
    return markdown(("from", "to", "documents", *(column for column, _, _ in columns)), rows)


def cores(sizes: list[Size], _peers: Peers, _fuzzed: list[dict[str, Any]]) -> str:
    """How much faster all cores are than one, and whether they publish the same bytes."""
    header = ("documents", "cores", "times as fast", "same bytes in Parquet", "parse, one core", "parse, all cores")
    rows = []
    for size in sizes:
        if "build_one_core" not in by_name(size):
            continue
        one, every = by_name(size)["build_one_core"], by_name(size)["build_all_cores"]
        rows.append(
            (
                documents(size),
                str(size["machine"]["cores"]),
                f"{one['seconds'] / every['seconds']:.2f}",
                "yes" if every["is_same_bytes"] else "NO",
                f"{one['stages']['parse']:,.1f} s",
                f"{every['stages']['parse']:,.1f} s",
            )
        )
    return markdown(header, rows)


def stages(sizes: list[Size], _peers: Peers, _fuzzed: list[dict[str, Any]]) -> str:
    """Where the seconds of each build go."""
    names = ("scan", "parse", "assemble", "report", "publish")
    rows = [
        (documents(size), NAMES[measure["name"]], *(f"{measure['stages'].get(name, 0.0):,.2f}" for name in names))
        for size in sizes
        for measure in size["measures"]
        if measure["stages"]
    ]
    return markdown(("documents", "measure", *(f"{name}, s" for name in names)), rows)


def peer_rows(_sizes: list[Size], peers: Peers, _fuzzed: list[dict[str, Any]]) -> str:
    """Text out of HTML, by everyone who was there."""
    if peers is None:
        return "Not measured yet."
    floor = peers["rows"][0]["cpu_seconds"]
    header = ("program", "version", "pages/s", f"x {peers['rows'][0]['name']}", "of the words")
    rows = [
        (
            row["name"],
            row["version"],
            f"{peers['pages'] / row['cpu_seconds']:,.0f}",
            f"{row['cpu_seconds'] / floor:,.1f}",
            f"{row['words_kept']:.1%}",
        )
        for row in peers["rows"]
    ]
    about = f"{peers['pages']} pages of {peers['source_bytes'] / peers['pages'] / 1000:.1f} kB, one core, CPU time."
    return f"{about}\n\n{markdown(header, rows)}"


def fuzz_rows(_sizes: list[Size], _peers: Peers, fuzzed: list[dict[str, Any]]) -> str:
    """How many inputs each reader got, and what the worst of them took."""
    header = ("reader", "inputs", "hours", "slowest input, ms", "peak MB", "versions of the code")
    rows = []
    for reader in (*sorted({run["reader"] for run in fuzzed}), "all"):
        runs = [run for run in fuzzed if reader in (run["reader"], "all")]
        if runs:
            figures = (f"{sum(run['inputs'] for run in runs):,}", f"{sum(run['seconds'] for run in runs) / 3600:.2f}")
            worst = (str(max(run["slowest_ms"] for run in runs)), str(max(run["peak_mb"] for run in runs)))
            rows.append((reader, *figures, *worst, str(len({run["readers"] for run in runs}))))
    return markdown(header, rows)


def machine(sizes: list[Size], _peers: Peers, _fuzzed: list[dict[str, Any]]) -> str:
    """What each size was measured on; sizes that share a machine and its libraries share a line."""
    by_machine: dict[str, list[str]] = {}
    for size in sizes:
        by_machine.setdefault(_machine(size["machine"]), []).append(f"{documents(size)} (code `{size['labelpipe']}`)")
    return "\n".join(f"- {', '.join(which)}: {what}" for what, which in by_machine.items())


def _machine(told: dict[str, Any]) -> str:
    libraries = ", ".join(f"{name} {version}" for name, version in told["libraries"].items())
    hardware = f"{told['cpu']}, {told['cores']} cores, {told['memory_gib']} GiB"
    return f"{hardware}, {told['system']}, Python {told['python']}, {libraries}"


def seconds(value: float) -> str:
    """Return a time with as many digits as it has."""
    return f"{value:,.2f}" if value >= 1 else f"{value:.4f}"


def documents(size: Size) -> str:
    """Return how a size is named."""
    return f"{size['documents']:,}{' distinct' if size['distinct'] else ''}"


def markdown(header: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    """Return a table; every column but the words is set to the right."""
    rows = list(rows)
    rule = ["---:" if all(_is_figure(row[n]) for row in rows) else "---" for n in range(len(header))]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in (header, rule, *rows))


def _is_figure(cell: str) -> bool:
    return not cell or cell[0].isdigit() or cell.startswith("x ")


TABLES: dict[str, Table] = {
    "measures": measures,
    "growth": growth,
    "cores": cores,
    "stages": stages,
    "peers": peer_rows,
    "fuzz": fuzz_rows,
    "machine": machine,
}

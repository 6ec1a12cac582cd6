"""Our own monographs as the page of a site: header, product rows, headings, lists, tables and questions all there."""

from pathlib import Path

_FIELDS = (("brand", "Brand Name"), ("generic", "Generic Name"), ("active", "Active Ingredient"), ("class", "Category"))


def page_of(monograph: Path) -> bytes:
    """Return the page. A line of the monograph that has words of its own is a line of the page."""
    header, _, body = monograph.read_text(encoding="utf-8").partition("\n== ")
    given = dict(line.split(": ", 1) for line in header.splitlines() if ": " in line and not line.startswith("|"))
    products = [line for line in header.splitlines() if line.startswith("|")]
    lines = [words for name, label in _FIELDS for words in (label, given[name])]
    lines += ["Variants", str(len(products)), *products]
    lines += [shown for line in body.splitlines()[1:] if (shown := _shown(line))]
    return "\n".join(lines).encode()


def _shown(line: str) -> str:
    """Return a line as readers of the page see it: headings without their code, no name of a tab."""
    if line.startswith("== "):
        return ""
    if line.startswith("## "):
        return line.partition("|")[2].strip()
    return line[3:] if line.startswith(("Q: ", "A: ")) else line.rstrip()

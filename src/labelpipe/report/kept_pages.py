"""Pages of the last report whose documents have not changed: they are taken as they stand.

A page is an article, and no word of a document can end one: every `<` of it is escaped.
"""

import re
from collections.abc import Container
from pathlib import Path

from markupsafe import Markup

_PAGE = re.compile(r'<article class="doc" id="d([0-9a-f]{16})".*?</article>\n', re.DOTALL)


def kept_pages(report: Path, changed: Container[str]) -> dict[str, Markup]:
    """Return a report's pages by the ids of their documents, less those that have changed; none of no report."""
    if not report.is_file():
        return {}
    pages = _PAGE.finditer(report.read_text(encoding="utf-8"))
    return {page[1]: Markup(page[0]) for page in pages if page[1] not in changed}

"""A section's words as the XHTML that FHIR allows: every character of markup in it escaped."""

import re
from html import escape

_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 cannot hold at all."""


def narrative(words: str, status: str = "additional") -> dict[str, str]:
    """Return a FHIR Narrative: a paragraph for each line; what XML cannot hold becomes U+FFFD.

    `additional` says that the words are people's, `generated` that they were made from the data.
    """
    return within(paragraphs(words), status)


def within(markup: str, status: str) -> dict[str, str]:
    """Return a Narrative around markup of ours; FHIR asks for some words."""
    return {"status": status, "div": f'<div xmlns="http://www.w3.org/1999/xhtml">{markup or "<p>-</p>"}</div>'}


def paragraphs(words: str) -> str:
    """Return a paragraph for each line that is not empty."""
    return "".join(f"<p>{line}</p>" for line in _lines(words))


def broken(words: str) -> str:
    """Return the lines with breaks between them, for what stands in a list or in a cell."""
    return "<br/>".join(_lines(words))


def _lines(words: str) -> list[str]:
    return [escape(line.strip()) for line in _FORBIDDEN.sub("\ufffd", words).splitlines() if line.strip()]

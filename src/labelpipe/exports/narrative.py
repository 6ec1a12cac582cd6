"""A section's words as the XHTML that FHIR allows: text only, every character of markup escaped."""

import re
from html import escape

_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 cannot hold at all."""


def narrative(words: str, status: str = "additional") -> dict[str, str]:
    """Return a FHIR Narrative: a paragraph for each line; what XML cannot hold becomes U+FFFD.

    `additional` says that the words are people's, `generated` that they were made from the data.
    """
    lines = (line.strip() for line in _FORBIDDEN.sub("\ufffd", words).splitlines())
    paragraphs = "".join(f"<p>{escape(line)}</p>" for line in lines if line)
    return {"status": status, "div": f'<div xmlns="http://www.w3.org/1999/xhtml">{paragraphs or "<p>-</p>"}</div>'}

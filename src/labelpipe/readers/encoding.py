"""Bytes to text: what the file declares, else UTF-8, else Windows-1252; and mojibake mended, never in silence."""

import codecs
import re

import ftfy
from bs4.dammit import UnicodeDammit
from ftfy.badness import is_bad

from labelpipe.errors import UndecodableText
from labelpipe.model import Finding
from labelpipe.readers.sniff import HEAD_BYTES, looks_like_utf16

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_NO_TEXT = re.compile(r"[\x80-\x84\x86-\x9f]")  # control characters that no label prints; U+0085 is a line end
_SUSPICIOUS = re.compile(r"[^\x00-\x7f]{2}|[\x80-\x9fÂÃŒœ]")
"""What all mojibake has: characters beyond ASCII side by side, or one of those that betray it alone."""


def decode(data: bytes) -> tuple[str, tuple[Finding, ...]]:
    """Return the text (no byte order mark, line ends as they were) and what had to be assumed or repaired.

    Raises:
        UndecodableText: the bytes fit no encoding that was declared or tried.
    """
    text, assumed = _to_text(data)
    findings = []
    if assumed:
        message = f"the file is not UTF-8 and declares no encoding; it was read as {assumed}"
        findings.append(Finding("encoding_assumed", "info", message, evidence=assumed))
    text, repaired = repair_mojibake(text)
    return text, (*findings, *repaired)


def _to_text(data: bytes) -> tuple[str, str | None]:
    """Return the text, and the encoding where it had to be assumed."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _strictly(data[len(mark) :], encoding), None
    if order := looks_like_utf16(data[:HEAD_BYTES]):
        return _strictly(data, order), order
    try:
        return data.decode("utf-8"), None
    except UnicodeDecodeError:
        return _guess(data)


def _strictly(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        where = f"byte {error.start} is not {encoding}, which its byte order mark or its zero bytes promise"
        raise UndecodableText(f"{where}; save the file again as UTF-8") from error


def _guess(data: bytes) -> tuple[str, str | None]:
    """Let UnicodeDammit choose among the encodings that label pages come in."""
    guess = UnicodeDammit(data, user_encodings=["windows-1252", "iso-8859-1"], smart_quotes_to=None)
    text = guess.unicode_markup
    if text is None or guess.contains_replacement_characters or _NO_TEXT.search(text):
        raise UndecodableText("the bytes fit neither UTF-8 nor Windows-1252; save the file again as UTF-8")
    return text, guess.original_encoding


def repair_mojibake(text: str) -> tuple[str, tuple[Finding, ...]]:
    """Repair lines in which UTF-8 was read as another encoding (`donâ€™t`), and say so line by line."""
    if text.isascii():
        return text, ()
    lines, findings, at = text.splitlines(keepends=True), [], 0
    for number, line in enumerate(lines, 1):
        fixed = line
        if not line.isascii() and _SUSPICIOUS.search(line) and is_bad(line):
            body = line.rstrip("\r\n")
            fixed = ftfy.fix_encoding(body) + line[len(body) :]
        if fixed != line:
            lines[number - 1] = fixed
            message = f"line {number}: mojibake was repaired; the text differs from the file's bytes"
            end = at + len(fixed.rstrip("\r\n"))
            findings.append(Finding("encoding_repaired", "warning", message, None, at, end, line.strip()[:200]))
        at += len(fixed)
    return ("".join(lines), tuple(findings)) if findings else (text, ())

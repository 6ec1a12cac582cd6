"""The records of an openFDA file, one by one: an API response, a bulk file, a list of records, or one on each line.

The file is read in pieces and a record is parsed when its last bracket is there, so that a bulk file of a gigabyte
needs no more memory than its longest record.
"""

import codecs
import json
import re
from collections.abc import Iterator
from typing import Any, Protocol

from labelpipe.errors import EmptySource, MalformedSource, UndecodableText, UnsupportedFormat
from labelpipe.vocabulary import load

CHUNK_BYTES = 1 << 20
MAX_VALUE_CHARACTERS = 64 << 20
"""A longer value is no record."""

_SPACE = re.compile(r"[ \t\r\n]*")
_SURROGATE = re.compile("[\ud800-\udfff]")

Record = dict[str, Any]


class Readable(Protocol):
    """A stream of bytes."""

    def read(self, size: int, /) -> bytes:
        """Return up to `size` bytes, none at the end."""


def records(stream: Readable) -> Iterator[Record | MalformedSource]:
    """Yield what may be the label records of a file, in its order; `checked` tells whether one is.

    Of a file with a value on each line, a line that is broken is yielded as the error that it is.

    Raises:
        MalformedSource: it is no JSON, from some line and column on; the records before that have been yielded.
        UnsupportedFormat: it is an error that openFDA answered with.
        UndecodableText: the bytes are in no encoding that JSON may have.
        EmptySource: it holds nothing.
    """
    text = _Text(stream)
    found, complete = False, 0
    while text.peek():
        try:
            for record in _top_value(text):
                found = True
                yield record
            if text.peek() == ",":
                text.fail("a value has to follow on a line of its own")
            complete += 1
        except MalformedSource as error:
            if not (complete and text.skip_line()):
                raise
            yield error
    if not found:
        raise EmptySource("the response holds no results; check the query that it answers")


def canonical(record: Record) -> bytes:
    """Return a record's bytes as its id counts them: keys sorted, no white space, no `meta`, UTF-8."""
    own = {name: value for name, value in record.items() if name != "meta"}
    return encoded(json.dumps(own, sort_keys=True, separators=(",", ":"), ensure_ascii=False))


def strings(value: Any) -> list[str]:
    """Return the texts of a field; what is no text as JSON."""
    values = value if isinstance(value, list) else [value]
    return [one if isinstance(one, str) else json.dumps(one, ensure_ascii=False) for one in values if one is not None]


def encoded(text: str) -> bytes:
    """Return UTF-8, with U+FFFD for the halves of a character that JSON can hold."""
    try:
        return text.encode()
    except UnicodeEncodeError:
        return _SURROGATE.sub("\ufffd", text).encode()


def _top_value(text: "_Text") -> Iterator[Record]:
    """Yield the records of one value: a response's results, a list's items, or the object itself."""
    if text.peek() == "[":
        yield from _items(text)
        return
    if text.peek() != "{":
        text.fail("it begins with neither an object nor a list")
    own: Record = {}
    for name in _names(text):
        if name == "results" and text.peek() == "[":
            yield from _items(text)
            own = {"results": None}
        else:
            own[name] = text.value()
    if "results" in own:
        return
    if "error" in own:
        raise UnsupportedFormat(
            f"this is an error that openFDA answered with ({_error_words(own['error'])}); ask it again"
        )
    if own.keys() <= {"meta"}:
        return
    yield own


def _items(text: "_Text") -> Iterator[Record]:
    text.expect("[")
    while text.peek() != "]":
        yield text.value()
        if text.peek() != "]":
            text.expect(",")
            if text.peek() == "]":
                text.fail("a value has to follow the comma")
    text.expect("]")


def _names(text: "_Text") -> Iterator[str]:
    """Yield the names of an object's members; whoever asks reads the value before the next one."""
    text.expect("{")
    while text.peek() != "}":
        if text.peek() != '"':
            text.fail("a name has to be in quotes")
        name = str(text.value())
        text.expect(":")
        yield name
        if text.peek() != "}":
            text.expect(",")
    text.expect("}")


def checked(value: object) -> Record:
    """Pass a label record on: an object that has a set id, openFDA's own part, or a label's field with a text.

    Raises:
        UnsupportedFormat: it is something else.
    """
    if isinstance(value, dict) and ("set_id" in value or isinstance(value.get("openfda"), dict) or _has_field(value)):
        return value
    raise UnsupportedFormat(
        "this is JSON without openFDA label records; give labelpipe responses of the drug label endpoint"
    )


def _has_field(value: Record) -> bool:
    """Whether a field of a label holds a list of texts."""
    named = (value[name] for name in load("openfda")["fields"] if name in value)
    return any(isinstance(texts, list) and texts and isinstance(texts[0], str) for texts in named)


def _error_words(error: object) -> str:
    return str(error.get("message") or error.get("code")) if isinstance(error, dict) else str(error)[:200]


class _Text:
    """The file's text, as far as it has been read, and how far it has been parsed."""

    def __init__(self, stream: Readable) -> None:
        self._stream = stream
        first = stream.read(CHUNK_BYTES)
        self._decode = codecs.getincrementaldecoder(_encoding(first))("strict").decode
        self._buffer, self._at, self._ended = self._decoded(first), 0, not first
        self._line, self._column = 1, 0
        self._scan = json.JSONDecoder().raw_decode

    def peek(self) -> str:
        """Return the next character that is no white space, or nothing at the end."""
        while True:
            self._at = _SPACE.match(self._buffer, self._at).end()  # type: ignore[union-attr]
            if self._at < len(self._buffer):
                return self._buffer[self._at]
            if not self._more():
                return ""

    def expect(self, character: str) -> None:
        """Pass over a character that has to be next."""
        if self.peek() != character:
            self.fail(f"{character!r} is missing")
        self._at += 1

    def value(self) -> Any:
        """Return the next value."""
        self.peek()
        while True:
            try:
                value, end = self._scan(self._buffer, self._at)
            except json.JSONDecodeError as error:
                if not self._more(len(self._buffer) - self._at):
                    self._at = min(max(error.pos, self._at), len(self._buffer))
                    self.fail(error.msg)
            except (RecursionError, ValueError) as error:
                self.fail(f"it is nested too deep or a number is too long ({type(error).__name__})")
            else:
                if end < len(self._buffer) or not self._more():
                    self._at = end
                    return value

    def skip_line(self) -> bool:
        """Pass over the rest of a broken line; return whether another object begins behind it."""
        start = self._buffer.rfind("\n", 0, self._at) + 1
        if not start or self._buffer[start : self._at].strip():
            end = self._buffer.find("\n", self._at)
            self._at = end + 1 if end >= 0 else len(self._buffer)
        return self.peek() == "{"

    def fail(self, what: str) -> None:
        """Raise, with the line and column that parsing has come to."""
        line, column = self._place()
        raise MalformedSource(f"line {line}, column {column}: {what}; fetch the file again")

    def _place(self) -> tuple[int, int]:
        lines = self._buffer.count("\n", 0, self._at)
        if lines:
            return self._line + lines, self._at - self._buffer.rfind("\n", 0, self._at)
        return self._line, self._column + self._at + 1

    def _more(self, least: int = 0) -> bool:
        """Read on, at least as much as is waiting to be parsed; False at the end, or where a value is too long."""
        if self._ended or len(self._buffer) - self._at > MAX_VALUE_CHARACTERS:
            return False
        chunk = self._stream.read(max(CHUNK_BYTES, least))
        self._ended = not chunk
        self._line, column = self._place()
        self._column = column - 1
        self._buffer = self._buffer[self._at :] + self._decoded(chunk)
        self._at = 0
        return True

    def _decoded(self, chunk: bytes) -> str:
        try:
            return self._decode(chunk, not chunk)
        except UnicodeDecodeError as error:
            raise UndecodableText(
                "the JSON is in none of the encodings that JSON may have; save it as UTF-8"
            ) from error


def _encoding(head: bytes) -> str:
    name = json.detect_encoding(head)
    return "utf-8-sig" if name == "utf-8" else name

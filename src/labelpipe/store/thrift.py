"""Thrift's compact protocol, as far as the footer of a Parquet file needs it: bytes to plain values and back.

pyarrow reads and writes footers, but does not let one be changed. The format:
https://github.com/apache/thrift/blob/master/doc/specs/thrift-compact-protocol.md
"""

from typing import Any, Final

TRUE, FALSE, BYTE, I16, I32, I64, DOUBLE, BINARY, LIST, SET, MAP, STRUCT = range(1, 13)
_DOUBLE_BYTES: Final = 8
_LONG_LIST: Final = 15

Struct = dict[int, tuple[int, Any]]
"""The fields of a struct by their numbers: the type of each, and its value. A list is (type of its items, items)."""


class _Reader:
    """Reads values one after the other."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.at = 0

    def take(self, length: int) -> bytes:
        self.at += length
        return self.data[self.at - length : self.at]

    def varint(self) -> int:
        number = shift = 0
        while True:
            byte = self.data[self.at]
            self.at += 1
            number |= (byte & 0x7F) << shift
            if byte < 0x80:
                return number
            shift += 7

    def zigzag(self) -> int:
        number = self.varint()
        return number >> 1 ^ -(number & 1)

    def value(self, kind: int) -> Any:
        if kind in (I16, I32, I64):
            return self.zigzag()
        if kind == BINARY:
            return self.take(self.varint())
        if kind == STRUCT:
            return self.struct()
        if kind in (LIST, SET):
            return self.list()
        if kind in (TRUE, FALSE):
            return kind
        if kind in (BYTE, DOUBLE):
            return self.take(1 if kind == BYTE else _DOUBLE_BYTES)
        raise ValueError(f"a Parquet footer has no values of type {kind}")

    def list(self) -> tuple[int, list[Any]]:
        (head,) = self.take(1)
        kind, length = head & 15, head >> 4
        if length == _LONG_LIST:
            length = self.varint()
        if kind in (TRUE, FALSE):
            return kind, [self.take(1) for _ in range(length)]
        return kind, [self.value(kind) for _ in range(length)]

    def struct(self) -> Struct:
        fields: Struct = {}
        number = 0
        while (head := self.take(1)[0]) != 0:
            number = number + (head >> 4) if head >> 4 else self.zigzag()
            fields[number] = (head & 15, self.value(head & 15))
        return fields


def read_struct(data: bytes) -> Struct:
    """Return the struct that the bytes begin with."""
    return _Reader(data).struct()


def write_struct(struct: Struct) -> bytes:
    """Return the bytes of a struct; of one that was read, the same that were read."""
    out = bytearray()
    _struct(out, struct)
    return bytes(out)


def _struct(out: bytearray, struct: Struct) -> None:
    last = 0
    for number, (kind, value) in struct.items():
        if 0 < number - last <= _LONG_LIST:
            out.append((number - last) << 4 | kind)
        else:
            out.append(kind)
            _varint(out, _zigzag(number))
        if kind not in (TRUE, FALSE):
            _value(out, kind, value)
        last = number
    out.append(0)


def _value(out: bytearray, kind: int, value: Any) -> None:
    if kind in (I16, I32, I64):
        _varint(out, _zigzag(value))
    elif kind == BINARY:
        _varint(out, len(value))
        out += value
    elif kind == STRUCT:
        _struct(out, value)
    elif kind in (LIST, SET):
        _list(out, *value)
    else:
        out += value


def _list(out: bytearray, kind: int, items: list[Any]) -> None:
    out.append(min(len(items), _LONG_LIST) << 4 | kind)
    if len(items) >= _LONG_LIST:
        _varint(out, len(items))
    for item in items:
        if kind in (TRUE, FALSE):
            out += item
        else:
            _value(out, kind, item)


def _zigzag(number: int) -> int:
    return number << 1 if number >= 0 else (-number << 1) - 1


def _varint(out: bytearray, number: int) -> None:
    while number >= 0x80:
        out.append(number & 0x7F | 0x80)
        number >>= 7
    out.append(number)

"""Scraped text to blocks. The whole cascade, one step after the other."""

from labelpipe.errors import EmptySource
from labelpipe.model import Block, Reading
from labelpipe.readers.encoding import decode
from labelpipe.readers.header import mark_header
from labelpipe.readers.language import detect_language
from labelpipe.readers.lines import Piece, cut_noise, split_lines
from labelpipe.readers.questions import mark_questions
from labelpipe.readers.structure import mark_disclaimers, mark_shapes

PROSE = ("paragraph", "list_item", "callout", "faq_answer", "faq_question")


def read_text(data: bytes) -> Reading:
    """Read a scraped page: every non-space character ends up in exactly one block, at its exact place.

    Raises:
        UnreadableSource: the bytes are text in no known encoding, or nothing but white space.
    """
    text, findings = decode(data)
    if not text.strip():
        raise EmptySource("the file holds no words; check the step that fetched it")
    pieces = list(cut_noise(split_lines(text)))
    mark_disclaimers(pieces)
    pieces = mark_header(pieces)
    mark_shapes(pieces)
    mark_questions(pieces)
    language = detect_language(" ".join(piece.text for piece in pieces if piece.kind in PROSE))
    blocks = tuple(_to_block(number, piece) for number, piece in enumerate(pieces, 1))
    return Reading("text", text, blocks, language, findings)


def _to_block(number: int, piece: Piece) -> Block:
    return Block(number, piece.kind, piece.text, piece.start, piece.end, f"line {piece.line_no}", piece.field)

"""How well documents with known truth are placed."""

from labelpipe.evaluation.gold import GoldDocument, GoldLine, read_gold
from labelpipe.evaluation.scoreboard import as_dict, as_text
from labelpipe.evaluation.scores import Scores, evaluate, score_documents, score_lines

__all__ = [
    "GoldDocument",
    "GoldLine",
    "Scores",
    "as_dict",
    "as_text",
    "evaluate",
    "read_gold",
    "score_documents",
    "score_lines",
]

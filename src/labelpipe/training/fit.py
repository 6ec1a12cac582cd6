"""Fit the whole model: the words' model, then, on words' verdicts about drugs it had not seen, one chain a register."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from labelpipe.sections.evidence import Evidence, gather
from labelpipe.sections.model import REGISTERS, ordered
from labelpipe.sections.order import place_ratios
from labelpipe.sections.units import Link
from labelpipe.sections.words_model import WordsModel
from labelpipe.training import fit_chain, fit_words
from labelpipe.training.documents import Document
from labelpipe.vocabulary import sections

FOLDS = 4
WEIGHT = {"monographs": 6.0, "spl": 1.0, "openfda": 0.5, "leaflets": 0.5}
"""How much a text of each source counts, so that the three registers are heard alike."""

SECOND_BEST = {"monographs": 0.5, "spl": 0.05, "openfda": 0.05, "leaflets": 1.0, "gold": 1.0}
"""How right the sections are that are accepted beside the best one."""

WORDS_PENALTY = 1e-5
CHAIN_PENALTY = 1e-5
HIDDEN, EPOCHS = 48, 12
STEPS = 127
"""The weights are kept as whole numbers of so many steps."""

Arrays = dict[str, np.ndarray]


def folds_of(documents: Sequence[Document]) -> dict[str, int]:
    """Deal the drugs out into folds, each register's drugs evenly."""
    out: dict[str, int] = {}
    for register in REGISTERS:
        drugs = sorted({document.drug for document in documents if document.register == register})
        for number, drug in enumerate(drug for drug in drugs if drug not in out):
            out[drug] = number % FOLDS
    return out


def fit_words_model(documents: Sequence[Document]) -> Arrays:
    """Fit the words' model on every text of the documents once, and on the headings over them."""
    rows: dict[tuple[str, str, tuple[str, ...]], Document] = {}
    for document in documents:
        for unit, right in zip(document.units, document.right, strict=True):
            if right:
                rows.setdefault((unit.text, document.drug, right), document)
                if unit.heading and unit.well_headed and unit.link == Link.NEW_HEADING:
                    rows.setdefault((unit.heading.text, document.drug, right), document)
    right_of = np.array([how_right(right, document.source) for (_, _, right), document in rows.items()])
    weights = np.array([WEIGHT[document.source] for document in rows.values()])
    matrix = fit_words.matrix([text for text, _, _ in rows])
    kept = fit_words.kept_buckets(matrix, [drug for _, drug, _ in rows])
    counts = matrix[:, kept].tocsr()
    rare = fit_words.rarity(counts)
    theta, bias = fit_words.fit(fit_words.scaled(counts, rare), right_of, weights, WORDS_PENALTY)
    theta = theta * rare[:, None] * fit_words.LENGTH
    scale = np.maximum(np.abs(theta).max(axis=0), 1e-9) / STEPS
    return {
        "word_buckets": kept.astype(np.uint32),
        "word_weights": np.round(theta / scale).astype(np.int8),
        "word_scale": scale.astype(np.float32),
        "word_rarity": rare.astype(np.float16),
        "word_bias": bias.astype(np.float32),
    }


def how_right(accepted: Sequence[str], source: str) -> np.ndarray:
    """Return how right each section is: the first accepted one fully, the others less; all where nobody knows."""
    slugs = sections()
    if not accepted:
        return np.ones(len(slugs))
    right = np.zeros(len(slugs))
    right[[slugs.index(slug) for slug in accepted]] = SECOND_BEST[source]
    right[slugs.index(accepted[0])] = 1.0
    return right


@dataclass(slots=True)
class Heard:
    """A document with what the words' model, which had not seen its drug, made of it."""

    document: Document
    known: Evidence
    example: fit_chain.Example


def heard(documents: Sequence[Document], words: WordsModel) -> list[Heard]:
    """Return the documents as a words' model hears them; those without a unit are left out."""
    out = []
    for document in documents:
        known = gather(document.blocks, words)
        if known:
            right = np.array([how_right(accepted, document.source) for accepted in document.right])
            out.append(Heard(document, known, fit_chain.Example(known.context, right, known.links)))
    return out


def heard_unseen(documents: Sequence[Document], folds: Mapping[str, int]) -> list[Heard]:
    """Return all documents, each as a model hears it that was fitted without its fold's drugs."""
    out: list[Heard] = []
    for fold in range(FOLDS):
        words = WordsModel(fit_words_model([d for d in documents if folds[d.drug] != fold]))
        out += heard([d for d in documents if folds[d.drug] == fold], words)
    return out


def fit_chains(documents: Sequence[Heard], registers: Sequence[str] = REGISTERS) -> Arrays:
    """Fit two chains for each register: on all its documents, and on those that keep the usual order."""
    arrays: Arrays = {}
    for register in registers:
        mine = [item for item in documents if item.document.register == register]
        usual = [item for item in mine if not item.document.shuffled]
        for name, chosen in ((register, mine), (ordered(register), usual)):
            theta = fit_chain.fit([item.example for item in chosen], HIDDEN, EPOCHS, CHAIN_PENALTY, len(Link))
            arrays |= {f"{name}_{part}": value.astype(np.float32) for part, value in theta.items()}
            arrays[f"{name}_sharpness"] = np.ones(1)
        chances = np.concatenate([item.known.chances for item in usual])
        places = np.concatenate([item.known.places for item in usual])
        arrays[f"{register}_places"] = place_ratios(chances, places).astype(np.float32)
    return arrays

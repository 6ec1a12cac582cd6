"""Fit the whole model: words' models, then chains on what words say of drugs they had not seen, then second looks."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from labelpipe.sections.evidence import Evidence, gather
from labelpipe.sections.model import REGISTERS, ordered, second
from labelpipe.sections.order import place_ratios
from labelpipe.sections.second_look import second_context
from labelpipe.sections.units import Link
from labelpipe.sections.words_model import WordsModel
from labelpipe.training import fit_chain, fit_words
from labelpipe.training.documents import Document
from labelpipe.vocabulary import sections

FOLDS = 4
WEIGHT = {
    "plain": {"monographs": 6.0, "reviews": 6.0, "spl": 1.0, "openfda": 0.3, "leaflets": 0.5},
    "label": {"spl": 1.0, "openfda": 0.5, "section_text": 0.5},
}
"""How much a text of each source counts for each voice: the public's learns from all, the others' from labels."""

SECOND_BEST = {"monographs": 0.3, "spl": 0.05, "openfda": 0.05, "section_text": 0.05, "leaflets": 1.0, "reviews": 1.0}
"""How right the sections are that are accepted beside the best one, for the words alone."""

SECOND_BEST_IN_CHAIN = SECOND_BEST | {"monographs": 0.03}
"""The same for the chain, which has the neighbours to tell the best one by."""

WORDS_PENALTY = 1e-5
CHAIN_PENALTY = 1e-5
HIDDEN, EPOCHS = 48, 12
SEEDS = {"page": (7, 8), "label": (7, 8, 9, 10), "leaflet": (7,)}
"""Networks that start differently err differently: their mean is better than each. Not so for leaflets, where many
slugs are equally right and each network settles on others."""

WORDS_ONLY = ("section_text",)
"""Sources whose texts stand in no document's order: no chain learns from them."""

CHAIN_WEIGHT = {"spl": 4.0}
"""How much a whole document of a source counts for its register's chain; 1 where nothing is said. There are few SPL
documents, but their paragraphs are real ones, not cut again."""

STEPS = 127
"""The weights are kept as whole numbers of so many steps."""

Arrays = dict[str, np.ndarray]


def folds_of(documents: Sequence[Document]) -> dict[str, int]:
    """Deal the drugs out into folds, each register's drugs evenly; of those in none no document is scored."""
    out: dict[str, int] = {}
    scored = [document for document in documents if document.source not in WORDS_ONLY]
    for register in REGISTERS:
        drugs = sorted({document.drug for document in scored if document.register == register})
        for number, drug in enumerate(drug for drug in drugs if drug not in out):
            out[drug] = number % FOLDS
    return out


def fit_words_models(documents: Sequence[Document]) -> Arrays:
    """Fit the words' model of every voice."""
    arrays: Arrays = {}
    for voice, weight in WEIGHT.items():
        fitted = fit_words_model([document for document in documents if document.source in weight], weight)
        arrays |= {f"{voice}_{name}": value for name, value in fitted.items()}
    return arrays


def fit_words_model(documents: Sequence[Document], weight: Mapping[str, float]) -> Arrays:
    """Fit a words' model on every text of the documents once, and on the headings over them."""
    rows: dict[tuple[str, str, tuple[str, ...]], Document] = {}
    for document in documents:
        for unit, right in zip(document.units, document.right, strict=True):
            if right:
                rows.setdefault((unit.text, document.drug, right), document)
                if unit.heading and unit.well_headed and unit.link == Link.NEW_HEADING:
                    rows.setdefault((unit.heading.text, document.drug, right), document)
    right_of = np.array([how_right(right, SECOND_BEST[document.source]) for (_, _, right), document in rows.items()])
    weights = np.array([weight[document.source] for document in rows.values()])
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


def how_right(accepted: Sequence[str], second_best: float) -> np.ndarray:
    """Return how right each section is: the first accepted one fully, the others less; all where nobody knows."""
    slugs = sections()
    if not accepted:
        return np.ones(len(slugs))
    right = np.zeros(len(slugs))
    right[[slugs.index(slug) for slug in accepted]] = second_best
    right[slugs.index(accepted[0])] = 1.0
    return right


@dataclass(slots=True)
class Heard:
    """A document with what models that had not seen its drug made of it: words first, then the first look."""

    document: Document
    known: Evidence
    example: fit_chain.Example
    first: np.ndarray | None = None


def heard(documents: Sequence[Document], words: Mapping[str, WordsModel]) -> list[Heard]:
    """Return the documents as the words' models hear them; those without a unit or an order are left out."""
    out = []
    for document in documents:
        known = None if document.source in WORDS_ONLY else gather(document.blocks, words)
        if known:
            second_best = SECOND_BEST_IN_CHAIN[document.source]
            right = np.array([how_right(accepted, second_best) for accepted in document.right])
            weight = CHAIN_WEIGHT.get(document.source, 1.0)
            out.append(Heard(document, known, fit_chain.Example(known.context, right, known.links, weight)))
    return out


def heard_unseen(documents: Sequence[Document], folds: Mapping[str, int]) -> list[Heard]:
    """Return all documents, each as a model hears it that was fitted without its fold's drugs."""
    out: list[Heard] = []
    for fold in range(FOLDS):
        arrays = fit_words_models([d for d in documents if folds.get(d.drug) != fold])
        words = {voice: WordsModel(arrays, voice) for voice in WEIGHT}
        out += heard([d for d in documents if folds.get(d.drug) == fold], words)
    return out


def fit_first_looks(documents: Sequence[Heard], registers: Sequence[str] = REGISTERS) -> Arrays:
    """Fit two chains for each register, on all its documents and on those that keep the usual order, and what is right.

    `REGISTER_accepts`, shape (sections, sections): how often a text of one section counts as right under another.
    """
    arrays: Arrays = {}
    for register in registers:
        mine = [item for item in documents if item.document.register == register]
        usual = [item for item in mine if not item.document.shuffled]
        for name, chosen in ((register, mine), (ordered(register), usual)):
            arrays |= _fit_chain(name, [item.example for item in chosen], SEEDS[register])
        chances = np.concatenate([item.known.chances for item in usual])
        places = np.concatenate([item.known.places for item in usual])
        arrays[f"{register}_places"] = place_ratios(chances, places).astype(np.float32)
        arrays[f"{register}_accepts"] = accepts(item.document for item in mine)
    return arrays


def fit_second_looks(documents: Sequence[Heard], registers: Sequence[str] = REGISTERS) -> Arrays:
    """Fit the second look of each register on first verdicts about drugs that the first look had not seen."""
    arrays: Arrays = {}
    for register in registers:
        examples = [
            replace(item.example, context=second_context(item.first, item.known.context))
            for item in documents
            if item.document.register == register and item.first is not None
        ]
        arrays |= _fit_chain(second(register), examples, SEEDS[register])
    return arrays


def accepts(documents: Iterable[Document]) -> np.ndarray:
    """Return how often a text of the row's section is right under the column's, shape (sections, sections)."""
    slugs = sections()
    counts, right = np.zeros(len(slugs)), np.zeros((len(slugs), len(slugs)))
    for document in documents:
        for accepted in filter(None, document.right):
            weight = how_right(accepted, SECOND_BEST_IN_CHAIN[document.source])
            counts += weight
            right[:, [slugs.index(slug) for slug in accepted]] += weight[:, None]
    shares = right / np.maximum(counts, 1e-9)[:, None]
    return np.asarray(np.where(counts[:, None] > 0, shares, np.eye(len(slugs))), dtype=np.float32)


def _fit_chain(name: str, examples: Sequence[fit_chain.Example], seeds: Sequence[int]) -> Arrays:
    fitted = [fit_chain.fit(examples, HIDDEN, EPOCHS, CHAIN_PENALTY, len(Link), seed) for seed in seeds]
    return {f"{name}_{part}": value.astype(np.float32) for part, value in fit_chain.mean(fitted).items()}

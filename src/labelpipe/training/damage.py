"""What a scraper leaves of a monograph: headings, lists and questions lost, tabs cut in two or in another order."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from random import Random

from labelpipe.evaluation.gold import GoldDocument, GoldLine
from labelpipe.training.monographs import Item, Monograph, also_right

NOTICES = (
    "Medical Disclaimer: what stands here is for educational purposes only.",
    "All of this is for informational purposes only.",
)
WHOLE_TABS = ("overview", "dosage")
"""The tabs that stand complete before the questions, even on a page that was cut in two."""

FIRST_CHUNKS = (1, 1, 2, 2, 3)
"""How many paragraphs of the other tabs stand before the questions."""

LOADING_SHARE = 0.05
CALLOUT_SHARE = 0.35
"""How often a site closes a tab with a boxed remark."""

RUN_IN_SHARE = 0.08
"""How often a lost heading is run into its paragraph."""

CALLOUT_SECTION = {
    "overview": ("patient_counseling_information", "indications_and_usage"),
    "dosage": ("dosage_and_administration",),
    "side_effects": ("adverse_reactions",),
    "warnings": ("warnings_and_precautions",),
    "interactions": ("drug_interactions",),
    "contraindications": ("contraindications",),
    "special_populations": ("use_in_specific_populations",),
    "pharmacology": ("clinical_pharmacology", "pharmacokinetics", "pharmacodynamics"),
}

Remarks = Mapping[str, Sequence[str]]
"""The boxed remarks that may close each tab."""


@dataclass(frozen=True, slots=True)
class Damage:
    """What is kept, and where the tabs stand."""

    headings: bool
    lists: bool
    questions: bool
    cut_in_two: bool
    shuffled: bool
    thinned: float = 0.0
    """The share of the paragraphs that are missing: other sites say less, and in another order."""


STRIPPED = Damage(headings=False, lists=False, questions=False, cut_in_two=True, shuffled=False)


def any_damage(random: Random) -> Damage:
    """Draw a damage: each loss by a coin of its own."""
    headings, lists, questions, cut, shuffled = (random.random() < share for share in (0.35, 0.5, 0.5, 0.35, 0.6))
    return Damage(headings, lists, questions, cut, shuffled)


def thin(damage: Damage, random: Random) -> Damage:
    """Return the damage of a page that also says less."""
    return replace(damage, thinned=random.choice((0.1, 0.25, 0.4)))


def damaged(page: Monograph, damage: Damage, random: Random, remarks: Remarks, kind: str) -> GoldDocument:
    """Return what is left of the page, with the truth about each of its lines."""
    tabs = [(tab, _chunks(items)) for tab, items in page.tabs.items() if tab != "faq"]
    if damage.thinned:
        tabs = [(tab, _remarked(tab, _thinned(chunks, damage, random), page, random, remarks)) for tab, chunks in tabs]
    if damage.shuffled:
        middle = tabs[1:]
        random.shuffle(middle)
        tabs = [tabs[0], *middle]
    first, second = [], []
    for tab, chunks in tabs:
        whole = not damage.cut_in_two or tab in WHOLE_TABS
        cut = len(chunks) if whole else random.choice(FIRST_CHUNKS)
        first += chunks[:cut]
        second += chunks[cut:]
    brand, active = page.header["brand"], page.header["active"]
    items = [*_head(page, random), Item("heading", f"Detailed information about {brand}")]
    items += _kept(first, damage, random)
    items.append(Item("heading", f"Common questions about {brand}"))
    items += [item for item in page.tabs.get("faq", []) if damage.questions or item.kind != "faq_question"]
    items.append(Item("heading", f"Other drugs with the same active ingredient ({active})"))
    items += _kept(second, damage, random)
    return document(f"{page.name} {kind}", [also_right(item) for item in items])


def document(name: str, items: list[Item]) -> GoldDocument:
    """Return the items as lines of a text, one a line."""
    lines = tuple(GoldLine(number, item.kind, item.sections) for number, item in enumerate(items, 1))
    return GoldDocument(name, "\n".join(item.text for item in items), lines)


def _head(page: Monograph, random: Random) -> list[Item]:
    header = page.header
    labels = ("Brand Name", "brand"), ("Generic Name", "generic")
    items = [Item("noise", "Loading..."), Item("disclaimer", NOTICES[0])]
    for label, name in labels:
        items += [Item("field_label", label), Item("field_value", header[name])]
    items += [Item("field_label", "Active Ingredient"), Item("field_value", header["active"] + "Category")]
    items += [Item("field_value", header["class"]), Item("field_label", "Variants")]
    items += [Item("field_value", str(len(page.products))), Item("disclaimer", NOTICES[1])]
    return [*items, Item("table_row", random.choice(page.products))]


def _chunks(items: list[Item]) -> list[list[Item]]:
    """Cut a tab into what stays together: a heading with its first paragraph, that with its list, a table's rows."""
    chunks: list[list[Item]] = []
    for item in items:
        before = chunks[-1][-1].kind if chunks else None
        hangs = item.kind == "list_item" or before == "heading" or (item.kind == "table_row" == before)
        if hangs and item.kind != "heading" and chunks:
            chunks[-1].append(item)
        else:
            chunks.append([item])
    return chunks


def _thinned(chunks: list[list[Item]], damage: Damage, random: Random) -> list[list[Item]]:
    """Leave paragraphs out, and now and then run a lost heading into its paragraph."""
    out = []
    for chunk in chunks:
        if random.random() < damage.thinned:
            continue
        head = chunk[0]
        if head.kind == "heading" and not damage.headings and len(chunk) > 1 and random.random() < RUN_IN_SHARE:
            first = chunk[1]
            if first.kind == "paragraph":
                chunk = [Item("paragraph", f"{head.text.rstrip('.:')}: {first.text}", first.sections), *chunk[2:]]
        out.append(chunk)
    return out


def _remarked(
    name: str, chunks: list[list[Item]], page: Monograph, random: Random, remarks: Remarks
) -> list[list[Item]]:
    if random.random() < CALLOUT_SHARE and remarks.get(name):
        text = random.choice(remarks[name]).replace("{brand}", page.header["brand"])
        chunks = [*chunks, [Item("callout", text, CALLOUT_SECTION[name])]]
    return chunks


def _kept(chunks: list[list[Item]], damage: Damage, random: Random) -> list[Item]:
    items: list[Item] = []
    for chunk in chunks:
        for item in chunk:
            lost = (item.kind == "heading" and not damage.headings) or (item.kind == "list_item" and not damage.lists)
            if not lost:
                items.append(item)
        if not damage.cut_in_two and random.random() < LOADING_SHARE:
            items.append(Item("noise", "Loading..."))
    return items

"""What a scraper leaves of a monograph: headings, lists and questions lost, tabs cut in two or in another order."""

from dataclasses import dataclass
from random import Random

from labelpipe.evaluation.gold import GoldDocument, GoldLine
from labelpipe.training.monographs import Item, Monograph

NOTICES = (
    "Medical Disclaimer: what stands here is for educational purposes only.",
    "The page serves informational purposes only and does not replace medical advice.",
)
WHOLE_TABS = ("overview", "dosage")
"""The tabs that stand complete before the questions, even on a page that was cut in two."""

FIRST_CHUNKS = (1, 1, 2, 2, 3)
"""How many paragraphs of the other tabs stand before the questions."""

LOADING_SHARE = 0.05


@dataclass(frozen=True, slots=True)
class Damage:
    """What is kept, and where the tabs stand."""

    headings: bool
    lists: bool
    questions: bool
    cut_in_two: bool
    shuffled: bool


STRIPPED = Damage(headings=False, lists=False, questions=False, cut_in_two=True, shuffled=False)


def any_damage(random: Random) -> Damage:
    """Draw a damage: each loss by a coin of its own."""
    headings, lists, questions, cut, shuffled = (random.random() < share for share in (0.35, 0.5, 0.5, 0.35, 0.6))
    return Damage(headings, lists, questions, cut, shuffled)


def damaged(page: Monograph, damage: Damage, random: Random) -> GoldDocument:
    """Return what is left of the page, with the truth about each of its lines."""
    tabs = [(name, _chunks(items)) for name, items in page.tabs.items() if name != "faq"]
    if damage.shuffled:
        middle = tabs[1:]
        random.shuffle(middle)
        tabs = [tabs[0], *middle]
    first, second = [], []
    for name, chunks in tabs:
        whole = not damage.cut_in_two or name in WHOLE_TABS
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
    return document(page.name, items)


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

"""The templates, and what keeps a page safe whatever a document holds.

Every word goes through autoescape; control characters are shown, not obeyed; the page's policy lets one script and one
style run, named by their hashes, and nothing be loaded.
"""

import re
from base64 import b64encode
from functools import cache
from hashlib import sha256
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from labelpipe.vocabulary import all_sections, load

NOT_ADVICE = "This data says what labels say. It is not medical advice."

_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
"""Control characters, and those that nobody sees or that turn the words round."""


@cache
def environment() -> Environment:
    """Return the templates, with the words and filters that they use."""
    env = Environment(
        loader=PackageLoader("labelpipe.report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=visible,
    )
    env.filters.update(said=said, hue=hue, percent=percent, number=number, sized=sized)
    env.globals.update(
        not_advice=NOT_ADVICE,
        meanings={rule: entry["meaning"] for rule, entry in load("findings").items()},
        n_hues=_N_HUES,
        style=Markup(style()),
        script=Markup(script()),
    )
    return env


def visible(value: object) -> object:
    """Show control characters as their code points; the rest is as it was.

    >>> visible("safe\\u202egnol")
    'safe⟨U+202E⟩gnol'
    """
    if type(value) is str:
        return _CONTROL.sub(lambda found: f"⟨U+{ord(found[0]):04X}⟩", value)
    return "" if value is None else value


def policy(*, served: bool = False) -> str:
    """Return the page's Content-Security-Policy; a served page may send its own forms to itself."""
    form = "'self'" if served else "'none'"
    return (
        f"default-src 'none'; script-src {_hash(script())}; style-src {_hash(style())}; "
        f"base-uri 'none'; form-action {form}"
    )


@cache
def style() -> str:
    """Return the style of every page."""
    colours = "\n".join(f".c{hue} {{ --hue: {hue * 137 % 360} }}" for hue in range(_N_HUES))
    return _file("page.css") + colours + "\n"


@cache
def script() -> str:
    """Return the one script of every page."""
    return _file("page.js")


def _file(name: str) -> str:
    return files("labelpipe.report").joinpath("templates", name).read_text(encoding="utf-8")


def _hash(words: str) -> str:
    return f"'sha256-{b64encode(sha256(words.encode()).digest()).decode()}'"


_N_HUES = 24


@cache
def hue(section: str | None) -> str:
    """Return the classes that colour a section: parts of a section have its colour."""
    found = load("sections").get(section or "", {})
    top = found.get("parent", section)
    known = [name for name in all_sections() if not load("sections").get(name, {}).get("parent")]
    return f"hued c{known.index(top) % _N_HUES}" if top in known else "none"


def said(name: str | None) -> str:
    """Return a slug as words: `drug_interactions` is `Drug interactions`."""
    words = (name or "").replace("_", " ")
    return words[:1].upper() + words[1:]


def percent(share: float | None) -> str:
    """Return a share as a percentage."""
    return "" if share is None else f"{share:.0%}"


def number(count: int | None) -> str:
    """Return a count with its thousands apart."""
    return "" if count is None else f"{count:,}".replace(",", "\u202f")


def sized(n_bytes: int | None) -> str:
    """Return a size in the unit that people would use."""
    size = float(n_bytes or 0)
    for unit in ("B", "kB", "MB"):
        if size < 1000:
            return f"{size:.0f} {unit}"
        size /= 1000
    return f"{size:.1f} GB"

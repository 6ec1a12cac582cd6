"""labelpipe: drug labels and monographs into data one can trust.

>>> import labelpipe
>>> label = labelpipe.parse(b"Uses\\nThis tablet is prescribed to lower blood pressure in adults.\\n")
>>> label.blocks[1].section
'indications_and_usage'
"""

from typing import TYPE_CHECKING, Any

from labelpipe._version import __version__

if TYPE_CHECKING:
    from labelpipe.api import build, parse, parse_all
    from labelpipe.model import Label
    from labelpipe.settings import Settings
    from labelpipe.ucum import convert

__all__ = ["Label", "Settings", "__version__", "build", "convert", "parse", "parse_all"]

_HOMES = {
    "parse": "labelpipe.api",
    "parse_all": "labelpipe.api",
    "build": "labelpipe.api",
    "Settings": "labelpipe.settings",
    "convert": "labelpipe.ucum",
    "Label": "labelpipe.model",
}


def __getattr__(name: str) -> Any:
    """Import the public names when they are first used: `labelpipe --help` needs none of what they need."""
    if name in _HOMES:
        from importlib import import_module

        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module 'labelpipe' has no attribute {name!r}")

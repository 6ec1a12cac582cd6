"""A user's own words laid over ours: new boilerplate, headings, cues and field labels, without touching the package.

The folders that LABELPIPE_VOCABULARY names (several, as in PATH) hold files named as ours are. Lists are ours and
theirs, tables are merged, anything else is replaced. A first-level key that ours does not know is a mistake, for it
would be ignored.
"""

import os
import tomllib
from pathlib import Path
from typing import Any

from labelpipe.errors import ConfigError

VARIABLE = "LABELPIPE_VOCABULARY"


def folders() -> tuple[Path, ...]:
    """Return the folders with a user's words, the weightiest last.

    Raises:
        ConfigError: one of them is no folder.
    """
    named = tuple(Path(word) for word in os.environ.get(VARIABLE, "").split(os.pathsep) if word)
    for folder in named:
        if not folder.is_dir():
            raise ConfigError(f"{folder} is no folder of vocabulary files; {VARIABLE} or `vocabulary` names it")
    return named


def overlay_files(known: frozenset[str]) -> tuple[Path, ...]:
    """Return the files laid over ours, in the order they are laid.

    Raises:
        ConfigError: a file is named as none of ours is.
    """
    found = tuple(path for folder in folders() for path in sorted(folder.glob("*.toml")))
    for path in found:
        if path.stem not in known:
            raise ConfigError(f"{path} would lie over nothing; vocabulary files are {', '.join(sorted(known))}")
    return found


def laid_over(name: str, ours: dict[str, Any], files: tuple[Path, ...]) -> dict[str, Any]:
    """Return our words with those of the files of the same name.

    Raises:
        ConfigError: a file is no TOML, has a key that ours does not know, or a list where ours has none.
    """
    merged = ours
    for path in files:
        if path.stem != name:
            continue
        try:
            theirs = tomllib.loads(path.read_text(encoding="utf-8"))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise ConfigError(f"{path} is no TOML: {error}") from error
        if unknown := theirs.keys() - ours.keys():
            raise ConfigError(f"{path}: {', '.join(sorted(unknown))} is not known; ours has {', '.join(ours)}")
        merged = _merged(merged, theirs, f"{path}")
    return merged


def _merged(ours: Any, theirs: Any, where: str) -> Any:
    if isinstance(ours, dict) and isinstance(theirs, dict):
        same = {key: _merged(ours[key], value, f"{where}: {key}") for key, value in theirs.items() if key in ours}
        return {**ours, **theirs, **same}
    if isinstance(ours, list) and isinstance(theirs, list):
        return [*ours, *(entry for entry in theirs if entry not in ours)]
    if type(ours) is not type(theirs):
        raise ConfigError(f"{where} is a {type(theirs).__name__}, and ours is a {type(ours).__name__}")
    return theirs

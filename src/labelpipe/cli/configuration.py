"""Settings: labelpipe.toml, the environment and flags, in that order of growing weight, and what holds in the end.

click does the weighing: the file is its map of defaults, LABELPIPE_<COMMAND>_<OPTION> its environment.
"""

import os
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
from click.core import ParameterSource

from labelpipe.errors import ConfigError
from labelpipe.vocabulary.overlay import VARIABLE

FILE = "labelpipe.toml"
_FROM_FILE = "labelpipe.vocabulary_from_file"

_SOURCES = {
    ParameterSource.COMMANDLINE: "flag",
    ParameterSource.ENVIRONMENT: "environment",
    ParameterSource.DEFAULT_MAP: FILE,
    ParameterSource.DEFAULT: "default",
}


def load_config(ctx: click.Context, _: click.Parameter, path: Path | None) -> Path | None:
    """Make what the file says the defaults of all commands. Without a path, labelpipe.toml here is read if it is there.

    Raises:
        ConfigError: the file is no TOML, or names a command or setting that does not exist.
    """
    found = path or Path(FILE)
    if not path and not found.is_file():
        return None
    try:
        said = tomllib.loads(found.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"{found} cannot be read: {error}") from error
    if words := said.pop("vocabulary", None):
        folders = [words] if isinstance(words, str) else words
        joined = os.pathsep.join(str((found.parent / folder).resolve()) for folder in folders)
        ctx.meta[_FROM_FILE] = os.environ.setdefault(VARIABLE, joined) == joined
    assert isinstance(ctx.command, click.Group)
    _check(found, said, ctx.command)
    ctx.default_map = _share_output(said, ctx.command)
    return found


def _check(path: Path, said: dict[str, Any], group: click.Group) -> None:
    """A setting that does not exist would be ignored in silence."""
    for command, settings in said.items():
        known = [str(option.name) for option in group.commands[command].params] if command in group.commands else None
        if known is None or not isinstance(settings, dict):
            raise ConfigError(f"{path}: [{command}] is no command; it has {', '.join(sorted(group.commands))}")
        for setting in settings:
            if setting not in known:
                raise ConfigError(f"{path}: [{command}] has no setting {setting!r}; it has {', '.join(known)}")


def _share_output(said: dict[str, Any], group: click.Group) -> dict[str, Any]:
    """Let every command that reads builds read where `build` puts them, unless the file says otherwise for it."""
    output = said.get("build", {}).get("output")
    if output is None:
        return said
    readers = (name for name, command in group.commands.items() if any(o.name == "output" for o in command.params))
    return said | {name: {"output": output, **said.get(name, {})} for name in readers}


def settings(ctx: click.Context) -> Iterator[tuple[str, str, str, str]]:
    """Yield (command, setting, value, where it comes from) of every option of every command."""
    group = ctx.parent
    assert group is not None
    assert isinstance(group.command, click.Group)
    words = os.environ.get(VARIABLE, "")
    yield "", "vocabulary", words or "(ours alone)", _vocabulary_source(group)
    for name, command in sorted(group.command.commands.items()):
        with command.make_context(name, [], parent=group, resilient_parsing=True) as own:
            for option in command.params:
                if isinstance(option, click.Option) and option.name != "help":
                    source = own.get_parameter_source(str(option.name))
                    value = own.params.get(str(option.name))
                    told = _SOURCES.get(source, "default") if source else "default"
                    yield name, str(option.name), "" if value is None else str(value), told


def _vocabulary_source(group: click.Context) -> str:
    if VARIABLE not in os.environ:
        return "default"
    return FILE if group.meta.get(_FROM_FILE) else "environment"


@click.command()
@click.pass_context
def config(ctx: click.Context) -> None:
    """Show every setting that holds, and where it comes from: default, labelpipe.toml, environment.

    \b
    LABELPIPE_BUILD_OUTPUT=/data labelpipe config
    """
    for command, setting, value, source in settings(ctx):
        click.echo(f"{command or 'all':<10} {setting:<18} {source:<15} {value}")

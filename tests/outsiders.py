"""Other people's tools, in an environment of their own: `make checkers` makes it."""

import os
import subprocess
from collections.abc import Callable
from pathlib import Path

Tool = Callable[..., subprocess.CompletedProcess[str]]
"""Runs a command of that environment: tool("dbt", "parse", cwd=folder)."""


def make_tool(commands: Path, home: Path) -> Tool:
    """Return what runs the tools in a folder of commands; they know nothing of this user, and send nothing home."""
    environment = {"HOME": str(home), "DBT_SEND_ANONYMOUS_USAGE_STATS": "false", "NO_COLOR": "1", "COLUMNS": "200"}

    def run(name: str, *words: object, cwd: Path) -> subprocess.CompletedProcess[str]:
        path = f"{commands}{os.pathsep}{os.environ['PATH']}"
        return subprocess.run(
            [commands / name, *map(str, words)],
            cwd=cwd,
            env={**os.environ, **environment, "PATH": path, "PYTHONPATH": ""},
            capture_output=True,
            text=True,
            check=False,
        )

    return run

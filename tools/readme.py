"""Run the console examples of README.md and docs/questions.md, and write what they print under them.

    python tools/readme.py [--check]

In a block of kind `console` every line that starts with `$ ` is a command; what stands under it is its output. Commands
run in a folder with the repository's raw/, training/ and tools/, and a fresh build of raw/ in output/.
"""

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parent.parent
PAGES = ("README.md", "docs/questions.md")
_BLOCK = re.compile(r"(?<=```console\n).*?(?=```)", re.S)


def refreshed(texts: list[str]) -> list[str]:
    """Return the texts with every command's output as it is now; all are asked of one build."""
    with tempfile.TemporaryDirectory() as folder:
        for name in ("raw", "training", "tools"):
            (Path(folder) / name).symlink_to(REPOSITORY / name)
        run("labelpipe build raw --quiet", folder)
        return [_BLOCK.sub(lambda block: _rerun(block[0], folder), text) for text in texts]


def _rerun(block: str, folder: str) -> str:
    commands = [line.removeprefix("$ ") for line in block.splitlines() if line.startswith("$ ")]
    return "".join(f"$ {command}\n{run(command, folder)}" for command in commands)


def run(command: str, folder: str) -> str:
    """Return what a shell command prints, without trailing blanks; the labelpipe of this environment comes first."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        ["bash", "-c", command],
        cwd=folder,
        env={**os.environ, "PATH": path},
        capture_output=True,
        text=True,
        check=True,
    )
    return "".join(f"{line.rstrip()}\n" for line in done.stdout.splitlines() if line.strip())


def main() -> None:
    """Refresh the pages, or with --check fail where one is stale."""
    old = [(REPOSITORY / page).read_text(encoding="utf-8") for page in PAGES]
    new = refreshed(old)
    stale = [page for page, before, now in zip(PAGES, old, new, strict=True) if before != now]
    if "--check" in sys.argv[1:]:
        sys.exit(f"stale: {', '.join(stale)}; run `make readme`" if stale else 0)
    for page, now in zip(PAGES, new, strict=True):
        (REPOSITORY / page).write_text(now, encoding="utf-8")


if __name__ == "__main__":
    main()

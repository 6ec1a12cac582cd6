"""Run the console examples of README.md and write what they print under them, so that the README tells the truth.

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
_BLOCK = re.compile(r"(?<=```console\n).*?(?=```)", re.S)


def refreshed(text: str) -> str:
    """Return the text with every command's output as it is now."""
    with tempfile.TemporaryDirectory() as folder:
        for name in ("raw", "training", "tools"):
            (Path(folder) / name).symlink_to(REPOSITORY / name)
        run("labelpipe build raw --quiet", folder)
        return _BLOCK.sub(lambda block: _rerun(block[0], folder), text)


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
    """Refresh README.md, or with --check fail where it is stale."""
    readme = REPOSITORY / "README.md"
    old = readme.read_text(encoding="utf-8")
    new = refreshed(old)
    if "--check" in sys.argv[1:]:
        sys.exit("README.md is stale; run `make readme`" if new != old else 0)
    readme.write_text(new, encoding="utf-8")


if __name__ == "__main__":
    main()

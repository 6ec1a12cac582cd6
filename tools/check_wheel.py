"""Build the wheel, install it into an empty environment, and build the samples with it from another folder.

    python tools/check_wheel.py [PYTHON ...]

What only works from a checkout fails here: a vocabulary file or a model that was not packed, a dependency that was not
declared. With several interpreters (`python3.12 python3.13`) each gets an environment of its own.
"""

import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PINS = ROOT / "requirements" / "dev.txt"


def run(*words: str | Path, cwd: Path) -> str:
    """Run a command and return what it printed; fail where it does."""
    return subprocess.run([str(word) for word in words], cwd=cwd, check=True, stdout=subprocess.PIPE, text=True).stdout


def constraints(folder: Path) -> Path:
    """Write the pins without their hashes: a wheel of our own has none, and pip wants all or none."""
    path = folder / "constraints.txt"
    pins = re.findall(r"^([\w.\[\]-]+==[^\s\\]+(?: ; [^\\\n]+)?)", PINS.read_text(encoding="utf-8"), re.M)
    path.write_text("\n".join(pin.strip() for pin in pins) + "\n", encoding="utf-8")
    return path


def check(python: str, wheel: Path, folder: Path) -> None:
    """Install the wheel for an interpreter and use it."""
    home = folder / Path(python).name
    run(python, "-m", "venv", home, cwd=folder)
    bin_ = home / "bin"
    quiet = ("--quiet", "--disable-pip-version-check")
    run(bin_ / "python", "-m", "pip", "install", *quiet, "-c", constraints(folder), wheel, cwd=folder)
    out = folder / f"out_{home.name}"
    run(bin_ / "labelpipe", "build", ROOT / "raw", "--output", out, "--quiet", cwd=folder)
    run(bin_ / "labelpipe", "validate", "--output", out, cwd=folder)
    run(bin_ / "python", "-c", "import labelpipe; assert labelpipe.convert(90, 'min', 'h') == 1.5", cwd=folder)
    count = "SELECT count(*) AS n FROM documents"
    said = run(bin_ / "labelpipe", "query", count, "--output", out, "--format", "csv", cwd=folder)
    print(f"{wheel.name} on {python}: {said.split()[-1]} documents built and checked")


def main() -> None:
    """Check the wheel with each interpreter; by default with the one that runs this."""
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        run(sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", folder, cwd=ROOT)
        (wheel,) = folder.glob("*.whl")
        for python in sys.argv[1:] or [sys.executable]:
            check(python, wheel, folder)


if __name__ == "__main__":
    main()

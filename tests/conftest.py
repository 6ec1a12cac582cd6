"""What all tests share: how hypothesis looks for examples, and where the repository is."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from outsiders import Tool, make_tool

from labelpipe.pipeline import build

ROOT = Path(__file__).resolve().parent.parent

_SLOW_TO_DRAW = [HealthCheck.too_slow, HealthCheck.data_too_large]
settings.register_profile(
    "default", derandomize=True, database=None, deadline=None, max_examples=60, suppress_health_check=_SLOW_TO_DRAW
)
settings.register_profile(
    "thorough", derandomize=True, database=None, deadline=None, max_examples=2000, suppress_health_check=_SLOW_TO_DRAW
)
settings.load_profile("default")  # `--hypothesis-profile thorough` looks longer


@pytest.fixture(scope="session")
def root() -> Path:
    """The repository."""
    return ROOT


@pytest.fixture(scope="session")
def checkers(root: Path) -> Path:
    """The folder with the commands of other people's tools."""
    folder = root / ".venv-checkers" / "bin"
    if not (folder / "python").exists():
        pytest.skip("other people's tools are not installed: run `make checkers`")
    return folder


@pytest.fixture
def tool(checkers: Path, tmp_path: Path) -> Tool:
    """What runs other people's tools."""
    return make_tool(checkers, tmp_path)


@pytest.fixture(scope="session")
def built(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a build of the samples in `output`."""
    folder = tmp_path_factory.mktemp("built")
    build([root / "raw"], folder / "output")
    return folder

"""What all tests share: how hypothesis looks for examples, and where the repository is."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

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

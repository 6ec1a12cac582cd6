"""What changed between the versions of a label: passage by passage and fact by fact, pure formatting kept apart."""

from labelpipe.history.compare import compare
from labelpipe.history.record import record_changes
from labelpipe.history.versions import Change, Fact, Passage, Version

__all__ = ["Change", "Fact", "Passage", "Version", "compare", "record_changes"]

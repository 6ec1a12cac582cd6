"""What a build tells while it runs. A progress bar and a log are both watchers; this one keeps silent."""

from labelpipe.batches import Manifest


class Watcher:
    """Hears what a build does; override what is of interest."""

    def stage(self, name: str) -> None:
        """A stage of the build begins: scan, parse, assemble, publish."""

    def planned(self, n_to_parse: int, n_reused: int) -> None:
        """It is known what has to be parsed, and what is carried over."""

    def batch_done(self, manifest: Manifest) -> None:
        """A batch has been parsed, and its rows are on disk."""

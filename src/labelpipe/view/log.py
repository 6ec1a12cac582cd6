"""A build's log: one JSON object a line on stderr, for machines that read what machines do."""

import sys
from dataclasses import asdict
from typing import Any

import structlog

from labelpipe.batches import Manifest
from labelpipe.watching import Watcher


class Log(Watcher):
    """Tells every stage and every batch, and how it ended."""

    def __init__(self) -> None:
        self._log = structlog.wrap_logger(
            structlog.PrintLogger(sys.stderr),
            processors=[
                structlog.processors.add_log_level,
                structlog.processors.TimeStamper(fmt="iso", utc=True),
                structlog.processors.JSONRenderer(ensure_ascii=False),
            ],
        )

    def stage(self, name: str) -> None:
        """A stage begins."""
        self._log.info("stage", stage=name)

    def planned(self, n_to_parse: int, n_reused: int) -> None:
        """It is known what has to be parsed."""
        self._log.info("planned", n_to_parse=n_to_parse, n_reused=n_reused)

    def batch_done(self, manifest: Manifest) -> None:
        """A batch is on disk."""
        self._log.info("batch", **asdict(manifest))

    def ended(self, summary: dict[str, Any]) -> None:
        """The build is done."""
        self._log.info("built", **summary)

    def failed(self, error: Exception, exit_code: int) -> None:
        """The build is not."""
        self._log.error("failed", kind=type(error).__name__, message=str(error), exit_code=exit_code)

"""Ctrl-C and SIGTERM end a run in order: what is parsed stays for the next run, the lock is let go of."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from labelpipe.errors import ExitCode, Interrupted

_CODES = {signal.SIGINT: ExitCode.INTERRUPTED, signal.SIGTERM: ExitCode.TERMINATED}


@contextmanager
def stopped_by_signals() -> Iterator[None]:
    """Raise Interrupted where a signal stops what is done inside, whatever a library makes of it on its way.

    Raises:
        Interrupted: Ctrl-C was pressed, or SIGTERM sent.
    """
    received: list[int] = []

    def stop(number: int, frame: FrameType | None) -> None:
        received.append(number)
        raise KeyboardInterrupt

    before = {number: signal.signal(number, stop) for number in _CODES}
    try:
        yield
    except BaseException as error:
        if not received:
            raise
        raise Interrupted(_CODES[signal.Signals(received[0])]) from error
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)

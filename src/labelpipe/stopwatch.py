"""A limit on time that stops Python code from within: an alarm of the operating system, for the main thread only."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from labelpipe.errors import TimeLimit


@contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """Raise TimeLimit where what is done within takes longer. In another thread than the main one there is no limit.

    Code in C that does not return to Python cannot be stopped like this; whoever started the process kills it.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def ring(number: int, frame: FrameType | None) -> None:
        raise TimeLimit(f"it takes longer than {seconds:g} seconds; look at it alone: labelpipe show")

    before = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)

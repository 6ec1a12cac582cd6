"""The lock of an output folder: whoever publishes holds it, and the operating system lets go of it when they die."""

import fcntl
from pathlib import Path
from typing import IO

from labelpipe.errors import PublishError


def take_lock(output: Path) -> IO[str]:
    """Take the lock; it is held until the file that is returned is closed.

    Raises:
        PublishError: another build holds it.
    """
    lock = (output / ".lock").open("w")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        lock.close()
        raise PublishError(f"another build is writing {output}; wait for it, or choose another --output") from error
    return lock

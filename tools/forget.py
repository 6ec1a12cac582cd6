"""Empty the memories of words met before, so that a benchmark does not measure what an earlier run left behind."""

import gc
from functools import _lru_cache_wrapper

from labelpipe.remembered import Remembered


def forget() -> None:
    """Empty every bounded memory of this process; vocabularies and models, which are loaded once, stay."""
    for memory in gc.get_objects():
        if isinstance(memory, Remembered):
            memory.clear()
        elif isinstance(memory, _lru_cache_wrapper) and memory.cache_parameters()["maxsize"] is not None:
            memory.cache_clear()

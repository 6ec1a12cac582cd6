"""A build with two workers and many small batches, to be killed: one_build.py RAW OUTPUT."""

import sys
from pathlib import Path

from labelpipe import batches
from labelpipe.pipeline import build
from labelpipe.settings import Settings

if __name__ == "__main__":
    batches.BATCH_SIZE = 2
    build([Path(sys.argv[1])], Path(sys.argv[2]), Settings(workers=2))

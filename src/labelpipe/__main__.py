"""`python -m labelpipe` is the `labelpipe` command."""

from labelpipe.cli import main

main()

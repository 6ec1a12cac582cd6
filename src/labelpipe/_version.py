"""The version of labelpipe, in one place."""

__version__ = "0.1.0"

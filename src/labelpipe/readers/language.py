"""Which language a page is in."""

SAMPLE_CHARACTERS = 600
MIN_WORDS = 12
"""Fewer words than this, and a guess would be worth nothing."""


def detect_language(words: str) -> str | None:
    """Return the ISO 639-1 code of the language, or None where there are too few words to tell."""
    sample = words[:SAMPLE_CHARACTERS]
    if len(sample.split()) < MIN_WORDS:
        return None
    import py3langid

    code, _ = py3langid.classify(sample)
    return str(code)

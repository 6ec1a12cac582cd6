"""How much a rule of the ledger matters, as the vocabulary says."""

from labelpipe.vocabulary import load


def severity_of(rule: str) -> str:
    """Return the severity of a rule: info, warning, error."""
    return str(load("findings")[rule]["severity"])

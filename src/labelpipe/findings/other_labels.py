"""What other labels of the same active ingredients and routes say that this one does not."""

from collections.abc import Iterable, Iterator

from labelpipe.findings.severity import severity_of
from labelpipe.model import Finding, OtherLabel

_TOLD = {
    "other_label_boxed_warning": "{other_path}, a label of the same ingredients and route, has a boxed warning; {said}",
    "other_label_half_life": "the half-life here is {said}; {other_path}, a label of the same ingredients and route, "
    "gives {other_said}",
    "other_label_maximum": "the maximum daily dose {subject}is {said} here; {other_path}, a label of the same "
    "ingredients and route, gives {other_said}",
}


def tell_other_labels(differences: Iterable[OtherLabel]) -> Iterator[tuple[str, Finding]]:
    """Yield (doc_id, finding) for each difference."""
    for one in differences:
        subject = f"for {one.subject.replace('_', ' ')} " if one.subject else ""
        said = one.said or "this document states none"
        message = _TOLD[one.rule].format(
            other_path=one.other_path, said=said, other_said=one.other_said, subject=subject
        )
        span = (one.block_no, one.char_start, one.char_end)
        evidence = f"{said} | {one.other_said}"
        yield one.doc_id, Finding(one.rule, severity_of(one.rule), message, *span, evidence, quote=one.quote)

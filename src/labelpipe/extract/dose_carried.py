"""What a block's sentences say that holds for those behind them: run-in headings, lead-ins, whom and what for."""

import re

from labelpipe.extract.bands import NO_BANDS
from labelpipe.extract.dose_context import Context
from labelpipe.extract.dose_indications import indication_in, indication_said
from labelpipe.extract.dose_scope import NO_SCOPE, Scope, goes_on, label_of, names_form, scope_of, takes_up
from labelpipe.extract.run_ins import run_ins

_NUMBERED = re.compile(r"\d{1,2}\.\d{1,2}\.?(?:\s|$)")
_OPENS = 60


class Carried:
    """What is said so far in a block, sentence by sentence.

    `_sticky`: whom the sentence before spoke of; `_lead`: whom the items' lead-in does; `_label`: whom the label that
    opened the block did, or a later one that names a dosage form; `_title`: whom the last heading did.
    """

    def __init__(self, context: Context) -> None:
        """Begin a block under its context."""
        self._context = context
        self._sticky = self._lead = self._title = self._label = NO_SCOPE
        self._is_first = True
        self._purpose = context.indication

    def enter(self, text: str, is_item: bool) -> None:
        """Begin a sentence, or an item of a list that was run into the paragraph."""
        if self._sticky is not NO_SCOPE and not goes_on(text, self._sticky):
            self._sticky = NO_SCOPE
        if not is_item:
            self._lead = NO_SCOPE
        if _NUMBERED.match(text):
            self._title, self._purpose = NO_SCOPE, None
        for heading in run_ins(text):
            named = scope_of(heading, is_title=True)
            self._title = named if named.population else self._title
            self._purpose = indication_in(heading, self._context.uses) or self._purpose
        label = label_of(text)
        self._purpose = indication_in(label, self._context.uses) or self._purpose
        named = scope_of(label)
        if self._is_first or names_form(label):  # `Tablets: ... Injection: ...`
            self._label = named
        self._is_first = False

    def over(self, text: str, own: Scope) -> Scope:
        """Return whom and which routes all that was said before a sentence speaks of."""
        sticky = NO_SCOPE if own.population and not takes_up(text) else self._sticky
        return sticky.over(scope_of(label_of(text))).over(self._lead).over(self._label).over(self._title)

    def purpose(self, head: str) -> str | None:
        """Return what the doses of a sentence are for, whose words before the first of them are `head`."""
        said = indication_said(head, self._context.uses)
        if said and head.find(said) < _OPENS:
            self._purpose = said
        return said or self._purpose

    def leave(self, text: str, own: Scope, is_report: bool) -> None:
        """End a sentence: whom it spoke of may hold for the next."""
        if text.rstrip().endswith(":"):
            self._lead = own
        whom = scope_of(label_of(text)) if is_report and own.population else own
        if whom.population or whom.bands is not NO_BANDS:
            self._sticky = Scope(whom.population or self._sticky.population, whom.bands)

"""Small pages of our own for the tests of this folder."""

from labelpipe.model import Block, Reading, Source
from labelpipe.readers import read
from labelpipe.sections import place

HEADER = """Brand Name
Zerbal
Generic Name
Zerbaline Tablets
Active Ingredient
Zerbaline
Detailed information about Zerbal
"""

USES = "Zerbal is prescribed for high blood pressure in adults and helps to prevent a second stroke."
DOSE = "The usual starting dose is 5 mg once daily, raised to 10 mg after four weeks if needed."
MISSED = "Missed a dose? Swallow it once you notice; but skip the forgotten tablet if tomorrow's dose is near."
HARMS = "The most common side effects are dizziness, dry cough and swollen ankles."
PREGNANCY = "Pregnant women should switch to another medicine, since Zerbal harms the kidneys of the fetus."
MILK = "Whether it passes into breast milk is not known; mothers who breastfeed should use another medicine."
OVERDOSE = "After an overdose the blood pressure falls; call poison control and lay the patient flat."
HALF_LIFE = "Peak plasma concentrations are reached after 2 hours, and the elimination half-life is 11 hours."
HOW = "Zerbaline inhibits an enzyme that narrows the blood vessels; this is how it brings the pressure down."
STORAGE = "Store the tablets at room temperature in the original bottle, away from moisture and light."

TRUTH = {
    USES: "indications_and_usage",
    DOSE: "dosage_and_administration",
    MISSED: "missed_dose",
    OVERDOSE: "overdosage",
    HARMS: "adverse_reactions",
    PREGNANCY: "pregnancy",
    MILK: "lactation",
    HOW: "mechanism_of_action",
    HALF_LIFE: "pharmacokinetics",
    STORAGE: "storage_and_handling",
}
HEADLESS = HEADER + "\n".join(TRUTH)


def reading_of(text: str) -> Reading:
    """Read a page."""
    return read(Source("page.txt", text.encode()))


def placed(text: str) -> dict[str, Block]:
    """Read and place a page; return its blocks by their words."""
    return {block.text: block for block in place(reading_of(text))}

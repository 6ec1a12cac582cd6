"""Facts read from the words: products, ingredients, kinetics, doses."""

from labelpipe.contract.columns import (
    Flag,
    Number,
    Table,
    Value,
    WordList,
    Words,
    confidence,
    doc_id,
    numbered,
    optional,
    optional_number,
    required,
)
from labelpipe.vocabulary import kinetic_parameters, populations

COMPARATORS = ("=", "~", "<", ">", "<=", ">=")
FACT_METHODS = ("table", "prose")
PRODUCT_METHODS = ("stated", "table")
INGREDIENT_METHODS = ("stated", "table", "header")
DOSE_ROUTE_METHODS = ("stated", "inferred")
DOSE_KINDS = ("starting", "maintenance", "maximum", "titration", "loading", "missed")


class Products(Table):
    """One product the label covers. Units are UCUM: `500 ug/mL` is 500 ug per 1 mL."""

    doc_id: Words = doc_id()
    product_no: Number = numbered("Product within the document")
    name: Words = optional("The product's name, where it has its own")
    strength_text: Words = optional("Strength as printed")
    strength_value: Value = optional("Numerator of the strength", gt=0)
    strength_unit: Words = optional("Unit of the numerator (UCUM)")
    strength_per_value: Value = optional("Denominator of the strength; 1 where only a unit is printed", gt=0)
    strength_per_unit: Words = optional("Unit of the denominator (UCUM); `1` for a tablet, a patch, an actuation")
    dosage_form: Words = optional("Dosage form as printed")
    route: Words = optional("Route of administration as the source says it, in capitals; several are parted by `; `")
    ndc: Words = optional("NDC as printed")
    ndc_labeler: Words = optional("Labeler segment", str_matches=r"^\d{4,6}$")
    ndc_product: Words = optional("Product segment", str_matches=r"^\d{3,4}$")
    ndc_package: Words = optional("Package segment", str_matches=r"^\d{1,2}$")
    ndc11: Words = optional(
        "5-4-2 form without hyphens, only where the hyphens make it certain", str_matches=r"^\d{11}$"
    )
    ndc12: Words = optional("6-4-2 form in force from 2033-03-07, only where it is certain", str_matches=r"^\d{12}$")
    marketing_category: Words = optional("Marketing category (NDA, ANDA, BLA, OTC monograph, ...), where stated")
    application_number: Words = optional("Number of the application or monograph, where stated")
    marketing_status: Words = optional("Marketing status, where known")
    block_no: Number = optional_number("The block the product was read from")
    char_start: Number = optional("First code point of the quote in texts.text", ge=0)
    char_end: Number = optional("One past its last code point", ge=1)
    quote: Words = optional(
        "The words it was read from: its row, or the row with its code; NULL where the source's own data says it"
    )
    method: Words = required(
        "How it was read: stated (the source's own data: SPL, openFDA), table (a table of products)",
        isin=PRODUCT_METHODS,
    )
    confidence: Value = confidence("How sure that the row says what the source says")
    dosage_form_term: Words = optional("FDA term of the dosage form; NULL where the printed words are none for certain")
    dosage_form_code: Words = optional("NCI Thesaurus code of that term", str_matches=r"^C\d+$")
    route_term: Words = optional("FDA terms of the route, parted by `; `; NULL where one of them is none for certain")
    route_code: Words = optional("NCI Thesaurus codes of those terms, in their order", str_matches=r"^C\d+(; C\d+)*$")


class Ingredients(Table):
    """An ingredient of a product."""

    doc_id: Words = doc_id()
    product_no: Number = numbered("Product within the document")
    ingredient_no: Number = numbered("Ingredient within the product")
    name: Words = required("Name as the source states it")
    unii: Words = optional("FDA unique ingredient identifier", str_matches=r"^[0-9A-Z]{10}$")
    is_active: Flag = required("Active or inactive")
    strength: Words = optional("Strength as printed, where given")
    block_no: Number = optional_number("The block it was read from")
    char_start: Number = optional("First code point of the quote in texts.text", ge=0)
    char_end: Number = optional("One past its last code point", ge=1)
    quote: Words = optional("The words it was read from; NULL where the source's own data says it")
    method: Words = required(
        "How it was read: stated (the source's own data), table (a row of its own), header (that of the page)",
        isin=INGREDIENT_METHODS,
    )
    confidence: Value = confidence("How sure that the row says what the source says")


class Pharmacokinetics(Table):
    """One value of one parameter. A cell that prints several values is several rows."""

    doc_id: Words = doc_id()
    pk_no: Number = numbered("Value within the document")
    parameter: Words = required("Kinetic parameter", isin=kinetic_parameters())
    text: Words = required("The words the value was read from")
    comparator: Words = optional("How the value is meant", isin=COMPARATORS)
    value_low: Value = optional("Lower end; equal to value_high for a single value")
    value_high: Value = optional("Upper end; NULL after > or >=")
    value_mean: Value = optional("Mean, where one is printed")
    value_sd: Value = optional("Standard deviation, where one is printed", ge=0)
    unit: Words = optional("Unit as printed, in UCUM; never converted")
    qualifiers: WordList = required("What limits the value: Plasma, Renal, Unchanged, ...")
    population: Words = optional("In whom it was measured, where the words say so", isin=populations())
    route: Words = optional("Route the drug was given by, where the words say so (FDA term)")
    dose_value: Value = optional("Dose it was measured after, where the words say so", gt=0)
    dose_unit: Words = optional("Unit of that dose (UCUM)")
    table_no: Number = optional_number("The table it was read from")
    row_no: Number = optional_number("The row of that table")
    block_no: Number = numbered("The block it was read from")
    char_start: Number = required("First code point of the quote in texts.text", ge=0)
    char_end: Number = required("One past its last code point", ge=1)
    quote: Words = required("The words it was read from, with those that say what it is: a sentence, a table's row")
    method: Words = required("How it was read: from a table or from prose", isin=FACT_METHODS)
    confidence: Value = confidence("How sure that the row says what the words say")


class Doses(Table):
    """An amount to be given. `80 mg a day` is 80 to 80 mg per d."""

    doc_id: Words = doc_id()
    dose_no: Number = numbered("Dose within the document")
    population: Words = optional("For whom, where the words say so", isin=populations())
    route: Words = optional("Route (FDA term)")
    route_method: Words = optional(
        "stated: the words name the route; inferred: they name none, and all the label's products have this one",
        isin=DOSE_ROUTE_METHODS,
    )
    kind: Words = optional("What part of treatment it is", isin=DOSE_KINDS)
    value_low: Value = optional("Lower end; NULL for a maximum without one", ge=0)
    value_high: Value = optional("Upper end", ge=0)
    unit: Words = required("Unit of the amount (UCUM)")
    per: Words = optional("What the amount is per: d, kg/d, dose, ...")
    frequency: Words = optional("How often, as printed")
    duration: Words = optional("For how long, as printed")
    indication: Words = optional("What for, as printed, where a heading, a sentence or a table's row says so")
    age_low_years: Value = optional("Youngest age it is for", ge=0)
    age_high_years: Value = optional("Oldest age it is for, or the age it is below", ge=0)
    weight_low_kg: Value = optional("Lowest body weight it is for", ge=0)
    weight_high_kg: Value = optional("Highest body weight it is for, or the weight it is below", ge=0)
    crcl_low_ml_min: Value = optional("Lowest creatinine clearance it is for", ge=0)
    crcl_high_ml_min: Value = optional("Highest creatinine clearance it is for, or that it is below", ge=0)
    hepatic_class: Words = optional("Class of hepatic impairment it is for, as printed (A, severe, ...)")
    product_no: Number = optional_number("The product, where the route is that product's")
    block_no: Number = numbered("The block it was read from")
    char_start: Number = required("First code point of the quote in texts.text", ge=0)
    char_end: Number = required("One past its last code point", ge=1)
    quote: Words = required("The words it was read from: a sentence, a table's row")
    table_no: Number = optional_number("The table it was read from")
    row_no: Number = optional_number("The row of that table")
    method: Words = required("How it was read: from a table or from prose", isin=FACT_METHODS)
    confidence: Value = confidence("How sure that the row says what the words say")

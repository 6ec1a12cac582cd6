"""Fact tables as (table, name, value, block_no): what each row is about, and what it says of that."""


def _plain(column: str) -> str:
    """SQL of a number without idle zeros."""
    return f"format('{{:g}}', {column})"


_LOW, _HIGH, _MEAN, _SD = map(_plain, ("value_low", "value_high", "value_mean", "value_sd"))
_BETWEEN = f"concat_ws(' to ', {_LOW}, nullif({_HIGH}, {_LOW}))"
_RANGE = f"""CASE
    WHEN comparator IN ('<', '<=') THEN comparator || ' ' || {_HIGH}
    WHEN comparator IN ('>', '>=') THEN comparator || ' ' || {_LOW}
    WHEN value_mean IS NOT NULL THEN concat_ws(' ± ', {_MEAN}, {_SD})
    ELSE coalesce(nullif(comparator, '='), '') || {_BETWEEN}
END"""
_AGES = f"{_plain('age_low_years')} || ' years up', 'to ' || {_plain('age_high_years')} || ' years'"
_WEIGHTS = f"{_plain('weight_low_kg')} || ' kg up', 'to ' || {_plain('weight_high_kg')} || ' kg'"
_CLEARANCES = f"'CrCl from ' || {_plain('crcl_low_ml_min')}, 'CrCl to ' || {_plain('crcl_high_ml_min')}, hepatic_class"

_TOLD = {
    "products": (
        "concat_ws(' ', coalesce(ndc, name), dosage_form, route)",
        "concat_ws(' ', strength_text, marketing_status)",
        "product_no",
    ),
    "pharmacokinetics": (
        "concat_ws(', ', parameter, nullif(array_to_string(qualifiers, ', '), ''), population, route, "
        f"{_plain('dose_value')} || ' ' || dose_unit)",
        f"concat_ws(' ', {_RANGE}, unit)",
        "pk_no",
    ),
    "boxed_warnings": ("coalesce(scope_route, 'the whole label')", "state", "boxed_warning_no"),
    "adjustments": ("concat_ws(', ', organ, condition)", "state", "adjustment_no"),
    "contraindications": ("lower(item)", "severity", "contraindication_no"),
    "interactions": ("lower(substance)", "coalesce(severity, 'named')", "interaction_no"),
    "classifications": ("kind", "value", "classification_no"),
    "doses": (
        f"concat_ws(', ', kind, population, route, indication, {_AGES}, {_WEIGHTS}, {_CLEARANCES})",
        f"concat_ws(' ', {_BETWEEN}, unit, 'per ' || per, frequency, duration)",
        "dose_no",
    ),
}
"""SQL of the name and of the value, and the number that orders the rows."""


def facts_query() -> str:
    """Return the SQL that lists the facts of the document `$doc_id`, table by table."""
    return " UNION ALL ".join(
        f"(SELECT '{table}', {name}, {value}, block_no FROM {table} WHERE doc_id = $doc_id ORDER BY {number})"
        for table, (name, value, number) in _TOLD.items()
    )

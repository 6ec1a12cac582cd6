"""The units that stand in the tables, and what they are in the units that are compared."""

from labelpipe.contract.columns import Flag, Table, Value, Words, optional, required


class Units(Table):
    """Every unit of the build, and those one compares in: `amount * factor` is the same amount in `standard_unit`."""

    unit: Words = required(
        "Unit as it stands in the tables; of a strength and of a dose with what it is per: `mg/kg/d`"
    )
    is_ucum: Flag = required("Whether it is a UCUM code")
    standard_unit: Words = optional("The unit to compare in; NULL where a conversion would be a guess")
    factor: Value = optional("What one of it is in standard_unit", gt=0)

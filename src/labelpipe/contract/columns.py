"""The column types of the contract, each an Arrow type, and the two ways a column is declared.

Arrow is the one type system from a Python record to Parquet and DuckDB: pandera checks Arrow-backed pandas frames, so
nothing is converted, and no integer turns into a float because a value is missing.
"""

from typing import Annotated, Any

import pandas as pd
import pandera.pandas as pa
import pyarrow
from pandera.typing import Series

Words = Series[Annotated[pd.ArrowDtype, pyarrow.string()]]
WordList = Series[Annotated[pd.ArrowDtype, pyarrow.list_(pyarrow.string())]]
Number = Series[Annotated[pd.ArrowDtype, pyarrow.int32()]]
NumberList = Series[Annotated[pd.ArrowDtype, pyarrow.list_(pyarrow.int32())]]
Bytes = Series[Annotated[pd.ArrowDtype, pyarrow.int64()]]
Value = Series[Annotated[pd.ArrowDtype, pyarrow.float64()]]
Flag = Series[Annotated[pd.ArrowDtype, pyarrow.bool_()]]
Day = Series[Annotated[pd.ArrowDtype, pyarrow.date32()]]
Moment = Series[Annotated[pd.ArrowDtype, pyarrow.timestamp("us", tz="UTC")]]

DOC_ID_PATTERN = r"^[0-9a-f]{16}$"


def required(description: str, **checks: Any) -> Any:
    """A column in which every row has a value. `checks` are pandera's (isin, ge, str_matches, ...)."""
    return pa.Field(description=description, nullable=False, **checks)


def optional(description: str, **checks: Any) -> Any:
    """A column that may be NULL: the source does not say, or it was lost."""
    return pa.Field(description=description, nullable=True, **checks)


def doc_id() -> Any:
    """The document a row belongs to."""
    return required("The document: first 16 hex digits of the SHA-256 of its bytes", str_matches=DOC_ID_PATTERN)


def confidence(description: str) -> Any:
    """A probability, where there is one."""
    return optional(description + " (0 to 1)", in_range={"min_value": 0, "max_value": 1})


def numbered(description: str) -> Any:
    """A number that counts from 1."""
    return required(description + " (from 1)", ge=1)


def optional_number(description: str) -> Any:
    """A reference to a number that counts from 1, or NULL."""
    return optional(description, ge=1)


class Table(pa.DataFrameModel):
    """What all tables share: exactly the declared columns, in their order."""

    class Config:
        """No undeclared column passes."""

        strict = True
        ordered = True

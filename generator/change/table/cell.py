"""What is known of a cell beside its text: that it held a number, a share, or no value at all."""

from __future__ import annotations

from enum import Enum


class NumberCell(str):
    """The text of a cell that held a number: nobody wrote it, so no separator stands in it."""

    __slots__ = ()


class ShareCell(NumberCell):
    """A number that its workbook shows in per cent: 0.1 where it shows 10 %."""

    __slots__ = ()


class NoValue(Enum):
    """Why a cell holds no value, and what to do about it."""

    ERROR = ("an error in the place of a value", "mend its formula and save the workbook again")
    NOT_COMPUTED = (
        "a formula that was never computed",
        "open the workbook in a spreadsheet program and save it",
    )

    @property
    def reason(self) -> str:
        """Why, in words that follow the name of a column."""
        return self.value[0]

    @property
    def cure(self) -> str:
        """What to do."""
        return self.value[1]


class FaultyCell(str):
    """What stands where a value should: #DIV/0!, or '' for a formula that was never computed."""

    __slots__ = ()

    @property
    def why(self) -> NoValue:
        """Why there is no value."""
        return NoValue.ERROR if self else NoValue.NOT_COMPUTED

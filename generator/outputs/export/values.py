"""What is computed over all accounts, for other programs: the values that the pages show.

They are the frozen values of `generator/portfolio/`; the model of each is made from its class, so
that a value that is added there is here and in the schema.
"""

from __future__ import annotations

import dataclasses
import datetime
import types
from collections.abc import Callable, Mapping
from enum import Enum
from functools import cache
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints

from pydantic import BaseModel, ConfigDict, Field, create_model

from generator.figures import Account, Portfolio, Reason
from generator.portfolio.attention import accounts_in_need
from generator.portfolio.colleagues import workloads
from generator.portfolio.dates import calendar
from generator.portfolio.groups import groups
from generator.portfolio.matrix import placements
from generator.portfolio.money import hours_by_account, over_budget, pipelines, results
from generator.portfolio.references import references_of
from generator.portfolio.risks import losses, remaining_risks, uncovered_risks
from generator.portfolio.sums import overview
from generator.portfolio.survey import survey_of
from generator.portfolio.whitespace import white_space

VALUES: Mapping[str, Callable[[Portfolio], Any]] = {
    "sums": overview,
    "attention": accounts_in_need,
    "matrix": placements,
    "hours": hours_by_account,
    "over_budget": over_budget,
    "pipelines": pipelines,
    "results": results,
    "losses": losses,
    "risks": remaining_risks,
    "uncovered_risks": uncovered_risks,
    "white_space": white_space,
    "groups": groups,
    "references": references_of,
    "people": workloads,
    "dates": calendar,
    "survey": survey_of,
}
"""By name, in the order of the pages.

Sums are in the reporting currency, with the part of each currency; money of one account is told in
both.
"""
_SHORT = {
    Account: Annotated[str, Field(description="The account's id.")],
    Reason: Annotated[Any, Field(description="What the plan says there.")],
}
"""What is not told whole: an account is its id, an input of a figure its value."""
_CLOSED = ConfigDict(extra="forbid")


def values_of(portfolio: Portfolio) -> dict[str, Any]:
    """All values of a portfolio as plain data."""
    return {name: _plain(compute(portfolio)) for name, compute in VALUES.items()}


@cache
def values_model() -> type[BaseModel]:
    """The model of all values."""
    fields: dict[str, Any] = {
        name: (_shape(get_type_hints(compute)["return"]), Field(description=compute.__doc__))
        for name, compute in VALUES.items()
    }
    return create_model("Values", __config__=_CLOSED, **fields)


def _plain(value: Any) -> Any:
    if isinstance(value, Account):
        return value.id
    if isinstance(value, (Reason, Enum)):
        return _plain(value.value)
    if dataclasses.is_dataclass(value):
        return {
            _key(field): _plain(getattr(value, field.name)) for field in dataclasses.fields(value)
        }
    if isinstance(value, Mapping):
        return {str(key): _plain(inner) for key, inner in value.items()}
    if isinstance(value, (tuple, list)):
        return [_plain(inner) for inner in value]
    return value.isoformat() if isinstance(value, datetime.date) else value


def _key(field: dataclasses.Field[Any]) -> str:
    """A field's name, without the mark that keeps it from being a word of Python."""
    return field.name.rstrip("_")


@cache
def _model(kind: type) -> type[BaseModel]:
    hints = get_type_hints(kind)
    fields: dict[str, Any] = {
        _key(field): (_shape(hints[field.name]), ...) for field in dataclasses.fields(kind)
    }
    return create_model(kind.__name__, __config__=_CLOSED, __doc__=kind.__doc__, **fields)


def _shape(hint: Any) -> Any:
    """A type of the program as it is written: dataclasses as models, at every depth."""
    if hint in _SHORT:
        return _SHORT[hint]
    if dataclasses.is_dataclass(hint):
        return _model(hint)  # type: ignore[arg-type]
    if not (inner := get_args(hint)):
        return hint
    shapes = tuple(part if part is ... else _shape(part) for part in inner)
    origin: Any = get_origin(hint)
    return Union[shapes] if origin in (Union, types.UnionType) else origin[shapes]  # noqa: UP007

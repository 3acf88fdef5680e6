"""Typed scalars: text from the file becomes a number, a day or a word only as the field asks.

Nothing is guessed: `NO`, `017`, `1_000`, `12:30` and `2024-02-30` either are what the field
wants to the letter, or a finding says what to write instead.
"""

from __future__ import annotations

import calendar
import datetime
import re
from collections.abc import Callable
from decimal import Decimal
from typing import Annotated, Any, Literal, get_args

from pydantic import AfterValidator, BeforeValidator, Field, WithJsonSchema
from pydantic_core import PydanticCustomError

from generator.model.kinds import Decided, Happened, Kind, Named
from generator.read.days import days_meant
from generator.read.document import Cut, Quoted, cut_off
from generator.read.numbers import LARGEST, NoNumber, money_of, number_of
from generator.read.slips import in_plain_signs
from generator.read.source import ACCOUNT_ID, MAX_ID
from generator.read.text import shown
from generator.versions import VERSION

_DAY = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")


def fault(kind: str, message: str) -> PydanticCustomError:
    """An error whose text is meant for the account manager as it stands."""
    return PydanticCustomError(kind, "{text}", {"text": message})


def _number(value: Any) -> float:
    return _read_as(number_of, value)


def _money(value: Any) -> float:
    return _read_as(money_of, value)


def _read_as(read: Callable[[str], Decimal], value: Any) -> float:
    if not isinstance(value, str):
        return _plain_number(value)
    try:
        number = float(read(value))
    except NoNumber as error:
        what = "not the text '" if isinstance(value, Quoted) else "not '"
        raise fault("number", str(error).replace("not '", what, 1)) from error
    if isinstance(value, Quoted):
        raise fault("number", f"a number is wanted; take the quotes off {shown(value)}")
    return number + 0.0  # of -0 a plain 0


def _plain_number(value: Any) -> float:
    if isinstance(value, (int, float)) and not isinstance(value, bool) and abs(value) <= LARGEST:
        return float(value)
    raise fault("number", "a number is wanted here, not a list or keys of its own")


def _whole(value: Any) -> int:
    number = _number(value)
    if number != int(number):
        raise fault("number", f"a whole number is wanted, not {shown(str(value))}")
    return int(number)


def _truth(value: Any) -> bool:
    if isinstance(value, bool):
        return value
    if value in ("true", "false") and not isinstance(value, Quoted):
        return bool(value == "true")
    if isinstance(value, str):
        raise fault("truth", f"write true or false, not {shown(value)}")
    raise fault("truth", "true or false is wanted here, not a list or keys of its own")


def _day(value: Any) -> datetime.date:
    if isinstance(value, datetime.date):
        return value
    if not isinstance(value, str):
        raise fault("day", "a day such as 2026-11-30 is wanted here, not a list or keys of its own")
    parts = _DAY.fullmatch(value)
    if not parts:
        raise fault("day", _day_instead(value))
    year, month, day = (int(part) for part in parts.groups())
    if not (1900 <= year <= 2200 and 1 <= month <= 12):
        raise fault("day", f"there is no day {value}")
    last = calendar.monthrange(year, month)[1]
    if not 1 <= day <= last:
        name = calendar.month_name[month]
        raise fault("day", f"there is no day {value}: {name} {year} has {last} days")
    return datetime.date(year, month, day)


def _day_instead(text: str) -> str:
    wanted = f"a day is written like 2026-11-30, not {shown(text)}"
    match days_meant(text):
        case (day,):
            return f"{wanted}; write {day}"
        case (first, second):
            return f"{wanted}; it could mean {first} or {second}, write which"
        case _:
            return f"{wanted}{in_plain_signs(text)}"


def _text(value: Any) -> str:
    """Free text: what looks like a comment behind it was probably meant to be part of it."""
    text = _word(value)
    if isinstance(value, Cut):
        raise fault("text", cut_off(value.lost))
    return text


def _word(value: Any) -> str:
    """Text of a kind that has no spaces, so that a comment may follow it."""
    if not isinstance(value, str):
        raise fault("text", "a text is wanted here, not a list or keys of its own")
    text = str(value)
    if not text.strip():
        raise fault("text", "the text is empty; fill it in or delete the line")
    return text


def _slug(value: Any) -> str:
    text = _word(value)
    if len(text) > MAX_ID or not ACCOUNT_ID.fullmatch(text):
        raise fault(
            "id",
            f"{shown(text)} is no id: small letters, digits and single hyphens, at most {MAX_ID}"
            f"{in_plain_signs(text)}",
        )
    return text


def _web(value: Any) -> str:
    text = _word(value)
    if not re.fullmatch(r"(?:https?://|mailto:)[^\s<>\"'\\^`{|}]+", text, re.IGNORECASE):
        raise fault("address", f"{shown(text)} is no web address; it begins with https://")
    return text


def _code(value: Any) -> str:
    text = _word(value)
    if not re.fullmatch(r"[A-Z]{3}", text):
        raise fault("currency", f"{shown(text)} is no currency; write three capitals such as EUR")
    return text


# Limits stand before the reading, so that pydantic checks them itself and the schema shows them.
NUMBER = BeforeValidator(_number)
MONEY = BeforeValidator(_money)
WHOLE = BeforeValidator(_whole)
TEXT = BeforeValidator(_text)
ONE_OR_MANY = BeforeValidator(lambda given: (given,) if isinstance(given, str) else given)
"""Before a list of words: one word may stand in its place."""

Number = Annotated[float, NUMBER]
Whole = Annotated[int, Field(ge=0, le=1e9), WHOLE]
Truth = Annotated[bool, BeforeValidator(_truth)]
Day = Annotated[
    datetime.date,
    BeforeValidator(_day),
    WithJsonSchema({"type": "string", "format": "date", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}),
]

PastDay = Annotated[Day, Happened()]
"""A day on which something had happened or was known."""


def _text_schema(longest: int) -> WithJsonSchema:
    """Text for editors: they take 2024 and true for a number and a truth; here both are text."""
    kinds = ["string", "number", "boolean"]
    return WithJsonSchema({"type": kinds, "pattern": "\\S", "maxLength": longest})


Text = Annotated[str, Field(max_length=4000), TEXT, _text_schema(4000)]
Line = Annotated[str, Field(max_length=500), TEXT, _text_schema(500), Kind.LINE]
Prose = Annotated[str, Field(max_length=20000), TEXT, _text_schema(20000), Kind.PROSE]


def _version(given: str) -> str:
    if not VERSION.fullmatch(given):
        raise fault("version", f"a version such as 0.2 is wanted, not '{given}'")
    return given


Version = Annotated[Line, AfterValidator(_version)]
"""A version of the program, without its last number."""
Slug = Annotated[
    str,
    BeforeValidator(_slug),
    WithJsonSchema(
        {"type": ["string", "integer"], "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$", "maxLength": MAX_ID}
    ),
    Kind.ID,
]
Web = Annotated[
    str,
    Field(max_length=2000),
    BeforeValidator(_web),
    WithJsonSchema(
        {
            "type": "string",
            "format": "uri",
            "pattern": "^(https?://|mailto:)[^\\s<>\"'\\\\^`{|}]+$",
            "maxLength": 2000,
        }
    ),
    Kind.WEB,
]
Currency = Annotated[
    str,
    BeforeValidator(_code),
    WithJsonSchema({"type": "string", "pattern": "^[A-Z]{3}$"}),
    Kind.CURRENCY,
]

Money = Annotated[float, Field(ge=0, le=1e15), MONEY, Kind.MONEY]
SignedMoney = Annotated[float, Field(ge=-1e15, le=1e15), MONEY, Kind.MONEY]
Share = Annotated[float, Field(ge=0, le=1), NUMBER, Kind.SHARE]
Count = Annotated[float, Field(ge=0, le=1e9), NUMBER]
Agreed = Annotated[Number, Decided()]
"""A number that people set or agreed, such as a target."""
Days = Annotated[int, Field(ge=0, le=36500), WHOLE]
MonthSpan = Annotated[int, Field(ge=0, le=1200), WHOLE]
"""So many calendar months; no date arithmetic leaves the calendar."""
Year = Annotated[int, Field(ge=1900, le=2200), WHOLE, Kind.YEAR]
Severity = Annotated[int, Field(ge=1, le=4), WHOLE]
"""How bad a case is: 1 worst to 4."""

ZeroToFive = Annotated[float, Field(ge=0, le=5), NUMBER, Kind.SCORE]
OneToFive = Annotated[float, Field(ge=1, le=5), NUMBER, Kind.SCORE]
ZeroToTen = Annotated[float, Field(ge=0, le=10), NUMBER, Kind.SCORE]
Impact = Annotated[float, Field(ge=-5, le=5), NUMBER, Kind.SCORE]
ZeroOneTwo = Annotated[int, Field(ge=0, le=2), WHOLE, Kind.SCORE]
Force = Annotated[int, Field(ge=-3, le=3), WHOLE, Kind.SCORE]
Sentiment = Annotated[int, Field(ge=-2, le=2), WHOLE, Kind.SCORE]

Grade = Literal["fact", "estimate", "opinion"]
_PartWord = Literal[
    "R1", "R2", "R3", "R4", "S1", "S2", "S3", "S4", "V1", "V2", "V3", "V4", "K1", "K2", "K3", "K4"
]  # fmt: skip
Part = Annotated[_PartWord, Named("parts")]
PARTS: tuple[str, ...] = get_args(_PartWord)

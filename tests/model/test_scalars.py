"""What a written value becomes as each field asks for it, or what is said instead."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from generator.model.base import MoneyFact, Strict
from generator.model.scalars import (
    Currency,
    Day,
    Grade,
    Money,
    Number,
    Share,
    Slug,
    Text,
    Truth,
    Web,
    Whole,
)
from generator.model.shape import faults_of
from generator.read import read_text

CASES = Path(__file__).resolve().parents[1] / "cases"

WRITTEN = (
    "NO", "yes", "on", "true", "True", "017", "-017", "1_000", "12:30", "190:20:30",
    "2024-02-29", "2024-02-30", "2023-02-29", "2024-13-01", "2024-2-3", "1899-12-31", "30.11.2026",
    "0x1F", "0o17", "0", "-0", "5", "+5", "-5", "'5'", ".5", "5.", "0.5", "1.5", "1e3", "1E-2", "1e999",
    "-1e999", ".inf", "nan", ".NaN", "60,000", "60 000", "60'000", "60.000", "1.234.567", "1,234.56",
    "20%", "20 %", "5k", "5 EUR", "½", "２", "fact", "'fact'", "Fact", "estimat", "EUR", "'EUR'", "eur",
    "https://example.com/a?b=c", "mailto:a@example.com", "javascript:alert(1)", "//example.com",
    "kim-larsen", "Kim-Larsen", "kim--larsen", "''", "' '", "", "~", "null", "[]", "[5]", "{}", "{value: 5}",
    "|\n  5", "9" * 41, "x" * 65,
    "1e999999999", "1e-320", "1e15", "1.1e15", "1.500", "0.850", "0b11", "1,5", "٣٤", "Be #1", "Be # 1", "5 #1", "kim #1",
)  # fmt: skip


class Sheet(Strict):
    """A field of each kind."""

    text: Text | None = None
    number: Number | None = None
    whole: Whole | None = None
    share: Share | None = None
    money: Money | None = None
    day: Day | None = None
    truth: Truth | None = None
    word: Grade | None = None
    id: Slug | None = None
    currency: Currency | None = None
    web: Web | None = None
    fact: MoneyFact | None = None


def becomes(kind: str, written: str) -> str:
    """The value, or the findings."""
    document = read_text(f"{kind}: {written}\n".encode(), "x.yaml")
    sheet, faults = faults_of(Sheet, document.data)
    messages = [problem.message for problem in document.problems]
    messages += [fault.message for fault in faults if not fault.noted]
    if messages:
        return " + ".join(messages)
    value = getattr(sheet, kind)
    return f"= {(value.value if isinstance(value, MoneyFact) else value)!r}"


def table() -> Iterator[str]:
    for kind in Sheet.model_fields:
        yield f"\n{kind}\n"
        for written in WRITTEN:
            shown = written.replace("\n", "\\n")
            yield f"  {shown:<28} {becomes(kind, written)}\n"


@pytest.mark.golden
def test_every_kind_of_field_on_every_way_of_writing(expect: Callable[[str, Path], None]) -> None:
    expect("".join(table()).lstrip("\n"), CASES / "scalars.txt")


def test_nothing_becomes_infinite_or_no_number() -> None:
    for kind in ("number", "whole", "share", "money", "fact"):
        for written in ("1e999", "-1e999", ".inf", "-.inf", "nan", ".nan", "Infinity", "1e400"):
            assert not becomes(kind, written).startswith("=")

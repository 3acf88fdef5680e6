"""Cells of an export as ids, days and amounts."""

from __future__ import annotations

import datetime
import re
import unicodedata
from collections.abc import Iterable
from decimal import Decimal, InvalidOperation

from generator.read.source import MAX_ID

_AMOUNT = re.compile(r"[-+]?[0-9]+(?:\.[0-9]+)?")


def id_of(name: str) -> str:
    """A name as an id: letters without accents, digits, hyphens; '' when nothing is left."""
    bare = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", bare).strip("-")[:MAX_ID].strip("-")


def ids_of(names: Iterable[str], fallback: str) -> dict[str, str]:
    """An id for each name, no two alike: the later of two gets a number."""
    taken: set[str] = set()
    ids: dict[str, str] = {}
    for name in names:
        base = id_of(name) or fallback
        number, found = 1, base
        while found in taken:
            number += 1
            found = f"{base[: MAX_ID - 4]}-{number}"
        taken.add(found)
        ids[name] = found
    return ids


def day_of(cell: str) -> datetime.date | None:
    """A day written 2017-03-01, else None."""
    try:
        return datetime.date.fromisoformat(cell)
    except ValueError:
        return None


def amount_of(cell: str) -> Decimal | None:
    """An amount, to the cent, without its thousands commas and sign; None when it is not one."""
    bare = re.sub(r"[ ,$€£\u00a0]", "", cell)
    if not _AMOUNT.fullmatch(bare):
        return None
    try:
        return Decimal(bare)
    except InvalidOperation:
        return None

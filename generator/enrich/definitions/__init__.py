"""What each figure is, in a sentence and a formula, with the method item it comes from."""

from __future__ import annotations

from generator.enrich.definitions.customer import CUSTOMER
from generator.enrich.definitions.definition import Definition
from generator.enrich.definitions.money import MONEY
from generator.enrich.definitions.plan import PLAN

__all__ = ["DEFINITIONS", "Definition"]

DEFINITIONS: dict[str, Definition] = {one.key: one for one in (*PLAN, *CUSTOMER, *MONEY)}

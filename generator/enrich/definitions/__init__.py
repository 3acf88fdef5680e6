"""What each figure is, in a sentence and a formula, with the method item it comes from."""

from __future__ import annotations

from generator.enrich.definitions.customer import CUSTOMER
from generator.enrich.definitions.dealing import DEALING
from generator.enrich.definitions.definition import Definition
from generator.enrich.definitions.doing import DOING
from generator.enrich.definitions.market import MARKET
from generator.enrich.definitions.money import MONEY
from generator.enrich.definitions.plan import PLAN
from generator.enrich.definitions.talks import TALKS

__all__ = ["DEFINITIONS", "Definition"]

DEFINITIONS: dict[str, Definition] = {
    one.key: one for one in (*PLAN, *CUSTOMER, *TALKS, *MONEY, *DEALING, *MARKET, *DOING)
}

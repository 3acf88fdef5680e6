"""What is around: country, market, rivals, our place among them."""

from __future__ import annotations

from generator.enrich.definitions.definition import Definition

MARKET: tuple[Definition, ...] = ()

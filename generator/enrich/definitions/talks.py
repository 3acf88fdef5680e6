"""How we talk with them, and who stands around them."""

from __future__ import annotations

from generator.enrich.definitions.definition import Definition

TALKS: tuple[Definition, ...] = ()

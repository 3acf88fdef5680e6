"""What was promised, negotiated, returned; the product and the service around it."""

from __future__ import annotations

from generator.enrich.definitions.definition import Definition

DEALING: tuple[Definition, ...] = ()

"""What the sections of an account's page are called, in their order."""

from __future__ import annotations

SECTIONS = {
    "summary": "Summary",
    "relationship": "Relationship",
    "service": "Service",
    "value": "Value and deal",
    "risk": "Risk",
    "market": "Market and rivals",
    "plan": "Plan",
    "offerings": "Offerings",
    "findings": "Findings",
    "source": "Source",
}

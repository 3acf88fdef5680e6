"""What pages and their sections are called, in their order."""

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
"""Sections of an account's page."""

PORTFOLIO_OF = {
    "tier": "Matrix",
    "selection": "Matrix",
    "economics": "Money",
    "control": "Money",
    "sales": "Money",
    "risk": "Risks",
    "offerings": "White space",
    "group": "Groups",
    "survey": "Survey",
    "contradictions": "Contradictions",
}
"""By the first word of a figure's key, the portfolio page that tells it for all accounts."""

"""The page About the method: where it comes from, what the source says, what this product added.

Whose the method is stands here alone; a team may leave the page out.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from generator.language import phrase, say
from generator.pages.models import MODELS
from generator.pages.page import Menu, PageLayout, SitePage


def lay_out(page: PageLayout) -> Mapping[str, Any]:
    """Where the method comes from, then model by model what the source has."""
    page.head()
    for model in MODELS:
        if page.has(model.name):
            page.section(f"source-{model.name}", say(model.title), block=model.name)
    return {}


PAGE = SitePage(
    path="method/about.md",
    title=phrase("About the method"),
    description=phrase("Where the method comes from, and what this product added."),
    lay_out=lay_out,
    menu=Menu.NONE,
    has_contents=True,
    exists=lambda site: site.settings.site.tells_of_method,
)

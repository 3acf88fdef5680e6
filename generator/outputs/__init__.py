"""The site whole: its pages, and its files for other programs: API, downloads, feed of changes."""

from __future__ import annotations

from generator.outputs.feed import feed_of
from generator.outputs.site import edition_site, whole_site

__all__ = ["edition_site", "feed_of", "whole_site"]

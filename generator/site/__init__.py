"""Stage 6: the site tree to files, through the site builder, verified, published at once."""

from __future__ import annotations

from generator.site.builder import BUILDERS
from generator.site.cores import over_cores
from generator.site.overlay import look_of
from generator.site.publish import Release, publish_site, write_pages
from generator.site.splice import splice

__all__ = [
    "BUILDERS",
    "Release",
    "look_of",
    "over_cores",
    "publish_site",
    "splice",
    "write_pages",
]

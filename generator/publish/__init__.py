"""Stage 6: the site tree to files, through the site builder, verified, published at once."""

from __future__ import annotations

from generator.publish.builder import BUILDERS, config_by_hand
from generator.publish.files import write_tree
from generator.publish.publish import Release, publish_site
from generator.publish.splice import splice

__all__ = ["BUILDERS", "Release", "config_by_hand", "publish_site", "splice", "write_tree"]

"""The switch between a site's languages: on each page to the same page in each of them."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from generator.language import Language

# As the builder writes it in the switch; quotes may be gone since
_ALTERNATE = re.compile(r"""(<a\b[^<>]*?\bhref=)("?)[^"\s<>]*\2(\s+hreflang="?([a-z]+))""")
# In the head they are for search engines, which want whole addresses; and the theme's script looks
# beside each for a list of pages, which is not there
_IN_HEAD = re.compile(r"""<link\b[^<>]*\shreflang=[^<>]*>\s*""")


@dataclass(frozen=True, slots=True, kw_only=True)
class Switch:
    """The languages of a site and the folder of each; one language has nothing to switch."""

    languages: tuple[Language, ...]

    @property
    def folders(self) -> Mapping[str, str]:
        """By code the folder within the site: the first has the site itself."""
        return {
            one.code: "" if index == 0 else one.code for index, one in enumerate(self.languages)
        }

    def alternates(self, here: str) -> Sequence[Mapping[str, str]]:
        """What the builder's configuration says of them, as seen from the language `here`."""
        if len(self.languages) == 1:
            return ()
        return [
            {
                "name": one.name,
                "link": self._between("index.html", here, one.code),
                "lang": one.code,
            }
            for one in self.languages
        ]

    def on_page(self, html: str, page: str, here: str) -> str:
        """The page with its switch leading to the same page, not to the beginning."""
        folders = self.folders

        def same_page(found: re.Match[str]) -> str:
            if found[4] not in folders:
                return found[0]
            return f"{found[1]}{found[2]}{self._between(page, here, found[4])}{found[2]}{found[3]}"

        if len(folders) == 1:
            return html
        return _ALTERNATE.sub(same_page, _IN_HEAD.sub("", html))

    def _between(self, page: str, here: str, there: str) -> str:
        """The address of a page in one language from the same page in another."""
        folders = self.folders
        own = posixpath.join(folders[here], posixpath.dirname(page))
        return posixpath.relpath(posixpath.join(folders[there], page), own or ".")

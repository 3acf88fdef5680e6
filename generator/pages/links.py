"""Where everything is in the finished site, and how one page links to another.

Functions give an address from the site's root; `Links` makes it relative to the page it is on, so
that the site works from any folder and from disk.
"""

from __future__ import annotations

import functools
import posixpath
import re
from dataclasses import dataclass
from urllib.parse import quote

from generator.form import FORM
from generator.pages.models import model_of
from generator.portfolio.dates import PlanDay
from generator.settings import is_shipped

_SETTING = re.compile(r"(?:^|/)(site_config|account-playbooks)/([a-z_]+)\.yaml:([0-9]+)$")


def page_href(path: str) -> str:
    """The address of a Markdown page: 'accounts/x.md' becomes 'accounts/x.html'."""
    return path.removesuffix(".md") + ".html" if path.endswith(".md") else path


def account_href(account: str, section: str | None = None) -> str:
    """An account's page, or one section of it."""
    return f"accounts/{account}.html" + (f"#{section}" if section else "")


def source_href(account: str, line: int | None = None) -> str:
    """An account's YAML as a page, or one line of it."""
    return f"accounts/{account}/source.html" + (f"#L{line}" if line else "")


def numbers_href(account: str) -> str:
    """All numbers of an account on one page."""
    return f"accounts/{account}/numbers.html"


def brief_href(account: str | None = None) -> str:
    """The meeting brief of an account, or of the portfolio."""
    return "portfolio/brief.html" if account is None else f"accounts/{account}/brief.html"


def settings_href(where: str) -> str | None:
    """The line of a setting: 'site_config/tiers.yaml:12', or 'account-playbooks/tiers.yaml:12'.

    None for what is no such place.
    """
    match = _SETTING.search(where)
    if match is None:
        return None
    page = shipped_settings_href(match[2]) if is_shipped(where) else own_settings_href(match[2])
    return f"{page}#L{match[3]}"


def own_settings_href(name: str) -> str:
    """A file of the firm's own settings as a page."""
    return f"settings/{name}.html"


def shipped_settings_href(name: str) -> str:
    """A file of settings as shipped, as a page."""
    return f"settings/shipped/{name}.html"


def method_href(key: str) -> str:
    """How a figure is defined."""
    return f"{model_href(model_of(key).name)}#{anchor(key)}"


def model_href(name: str) -> str:
    """How a model of the method works, and its figures."""
    return f"method/{name}.html"


def item_href(item: str) -> str:
    """An item of the method in the table of all items."""
    return f"method/index.html#item-{item.lower()}"


def field_href(section: str) -> str:
    """What may stand in a section of a playbook."""
    page = "index" if FORM.children[section].is_leaf else anchor(section)
    return f"fields/{page}.html" + (f"#{anchor(section)}" if page == "index" else "")


def rule_href(rule: str) -> str:
    """What a rule asks for and why."""
    return f"rules/index.html#{anchor(rule)}"


def directory_href() -> str:
    """The list of all accounts."""
    return "accounts/index.html"


def host_href(pattern: str | None, path: str, line: int) -> str | None:
    """A line of a file on the team's git host, to read or to edit.

    None when site.yaml has no such address, and for a file that came with the program.
    """
    if pattern is None or is_shipped(path):
        return None
    return pattern.replace("{path}", quote(path)).replace("{line}", str(line))


def number_anchor(key: str) -> str:
    """The id of a figure on the page with all numbers of an account."""
    return f"n-{anchor(key)}"


def anchor(key: str) -> str:
    """An ASCII id for a key such as 'deal.our_share'."""
    return re.sub(r"[^a-z0-9]+", "-", key.lower()).strip("-")


@functools.lru_cache(maxsize=4096)
def _relative(path: str, folder: str) -> str:
    """A path as seen from a folder; a page asks for the same few thousands of times.

    A path may lead above the site's root, to the site in another language. Of relative paths like
    these `relpath` would ask the current folder for its name, and take `accounts` for ours.
    """
    return posixpath.relpath(f"{_ROOT}/{path}", f"{_ROOT}/{folder}")


_ROOT = "/:/:"
"""Stands for the site's root and the folder around it: a name that no page has."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Links:
    """Addresses as seen from one page."""

    here: str
    """The page's own address from the site's root, 'accounts/x.html'."""

    def to(self, target: str) -> str:
        """An address from the site's root, relative to this page."""
        path, _, fragment = target.partition("#")
        if path == self.here and fragment:
            return f"#{fragment}"
        relative = _relative(path, posixpath.dirname(self.here))
        return relative + (f"#{fragment}" if fragment else "")

    def account(self, account: str, section: str | None = None) -> str:
        """An account's page."""
        return self.to(account_href(account, section))

    def source(self, account: str, line: int | None = None) -> str:
        """A line of an account's YAML."""
        return self.to(source_href(account, line))

    def entry(self, entry: PlanDay) -> str:
        """Where a day of a plan stands: its line, or its section of the account's page."""
        if entry.section == "source":
            return self.source(entry.account.id, entry.line)
        return self.account(entry.account.id, entry.section)

    def numbers(self, account: str) -> str:
        """All numbers of an account on one page."""
        return self.to(numbers_href(account))

    def number(self, account: str, key: str) -> str:
        """A figure on the page with all numbers of an account."""
        return self.to(f"{numbers_href(account)}#{number_anchor(key)}")

    def brief(self, account: str | None = None) -> str:
        """The meeting brief of an account, or of the portfolio."""
        return self.to(brief_href(account))

    def settings(self, where: str) -> str | None:
        """A line of site_config."""
        target = settings_href(where)
        return self.to(target) if target else None

    def method(self, key: str) -> str:
        """A figure's definition."""
        return self.to(method_href(key))

    def field(self, section: str) -> str:
        """A section of the playbook in the field reference."""
        return self.to(field_href(section))

    def rule(self, rule: str) -> str:
        """A rule."""
        return self.to(rule_href(rule))

    def directory(self) -> str:
        """The list of all accounts."""
        return self.to(directory_href())

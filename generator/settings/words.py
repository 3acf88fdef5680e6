"""Words for readers: labels in two languages, the catalogue, the team, currencies, the site."""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator

from generator.model.base import Strict, about, needed
from generator.model.scalars import (
    Count,
    Currency,
    Day,
    Line,
    Money,
    Number,
    Slug,
    Text,
    Truth,
    Whole,
    fault,
)


def _source_url(given: Any) -> Any:
    """A web address with a place for the path; braces have no place in any other."""
    if isinstance(given, str) and _SOURCE_URL.fullmatch(given) and "{path}" in given:
        return given
    raise fault(
        "address",
        "an address with {path} and {line} is wanted, such as"
        " https://git.example.com/sales/blob/main/{path}#L{line}",
    )


_SOURCE_URL = re.compile(r"https?://[^\s<>\"'\\^`|]+")
SourceUrl = Annotated[str, BeforeValidator(_source_url)]


def _site_url(given: Any) -> Any:
    """The address of a folder on the web, without its last slash."""
    if isinstance(given, str) and _SITE_URL.fullmatch(given):
        return given.rstrip("/")
    raise fault("address", "an address is wanted, such as https://plans.example.com")


_SITE_URL = re.compile(r"https?://[A-Za-z0-9._~:/%@-]+")
SiteUrl = Annotated[str, BeforeValidator(_site_url)]


class Label(Strict):
    """A word as readers see it."""

    en: Line = needed("English.")
    zh: Line | None = about("Simplified Chinese; English where it lacks.")

    def in_language(self, language: str) -> str:
        """The word in a language, English where it lacks."""
        return (self.zh if language == "zh" else None) or self.en


class Named(Strict):
    """A catalogue entry that has only a label."""

    label: Label = needed("What readers see.")


class Grouped(Named):
    """A catalogue entry that is near to the others of its group."""

    group: Slug | None = about("Entries of one group are near to each other.")


class SizeBand(Named):
    """A size of customer; the bands stand in ascending order."""

    id: Literal["small", "medium", "large", "enterprise"] = needed("The band.")
    employees_up_to: Whole | None = about("Up to how many employees.")


class ActivityEntry(Named):
    """Something we do for a customer without a bill."""

    hours: Count = needed("Hours each time.")
    rate: Money = needed("Cost of an hour, in the reporting currency.")
    expense: Money = needed("Expense each time, in the reporting currency.")
    by: Literal["sales", "service", "engineering", "finance"] = needed("Who owns it.")


class ChannelEntry(Named):
    """A way of talking."""

    element: Slug = needed("The element of communication it serves unless an entry says otherwise.")


class Catalogue(Strict):
    """Ids that playbooks may use."""

    industries: dict[Slug, Grouped] = needed("Industries.")
    regions: dict[Slug, Grouped] = needed("Regions.")
    sizes: tuple[SizeBand, ...] = needed("Sizes, ascending.")
    uses: dict[Slug, Grouped] = needed("What customers use us for.")
    offerings: dict[Slug, Named] = needed("What we sell.")
    activities: dict[Slug, ActivityEntry] = needed("Service activities.")
    channels: dict[Slug, ChannelEntry] = needed("Ways of talking.")
    recognition: dict[Slug, Named] = needed("Closed list of recognition; never money.")
    reference_uses: dict[Slug, Named] = needed("What a reference may be used for.")


class Person(Strict):
    """One of us."""

    name: Line = needed("Name.")
    role: Literal[
        "sales_manager", "account_manager", "service", "engineering", "finance", "executive"
    ] = needed("Role.")
    region: Slug | None = about("Region.")
    language: Line | None = about("Language.")


class Team(Strict):
    """Our people."""

    people: dict[Slug, Person] = needed("By id.")


class Rate(Strict):
    """A currency's worth from a day on."""

    from_: Day = needed("From this day on.", key="from")
    rate: Number = needed("One unit of the currency in the reporting currency.")
    source: Line | None = about("Where the rate comes from.")


class Currencies(Strict):
    """The reporting currency and dated rates to it."""

    reporting_currency: Currency = needed("Sums, thresholds, catalogue rates are in it.")
    rates: dict[Currency, tuple[Rate, ...]] = needed("Dated rates by currency.")


class Site(Strict):
    """The published site."""

    name: Line = needed("Its name.")
    description: Text = needed("A sentence under the name.")
    language: Literal["en", "zh"] = needed("Language of the pages.")
    second_language: Literal["en", "zh"] | None = about("Another that readers can switch to.")
    source_url: SourceUrl | None = about("A playbook's line on your git host: {path}, {line}.")
    baseline: Line | None = about("The file of known gaps, from the workspace's root.")
    search: Literal["material", "pagefind"] | None = about(
        "material: the theme's search; pagefind: also a page that searches every word. material."
    )
    attention: Whole = needed("How many accounts the home page lists as needing attention.")
    downloads: Truth | None = about("Whether the site carries tables and calendars as files.")
    api: Truth | None = about("Whether the site carries the plans as JSON, with a schema.")
    feed: Whole | None = about("How many changes feed.xml tells of; none without.")
    site_url: SiteUrl | None = about("Where the site is published; the feed's links are below it.")


Labels = dict[Line, dict[Line, Label]]

"""Tables and calendars as files of the site, made by the same code as `playbook export`."""

from __future__ import annotations

from collections.abc import Iterator

from generator.outputs.export import calendar_with, csv_of, days_of, sqlite_of, tables_of, xlsx_of
from generator.pages.site import Site
from generator.pages.tree import StaticFile
from generator.portfolio.people import person_name

_IN_WORKBOOK = ("accounts", "findings", "actions", "contacts")
"""Not the figures: of a thousand accounts they are more rows than anyone scrolls through."""


def download_files(site: Site) -> Iterator[StaticFile]:
    """downloads/: accounts as CSV and workbook, all tables for SQL, calendars."""
    tables = tables_of(site.portfolio)
    made = {
        "accounts.csv": csv_of(tables[0]),
        "accounts.xlsx": xlsx_of([one for one in tables if one.name in _IN_WORKBOOK], site.today),
        "portfolio.sqlite": sqlite_of(tables, site.today),
    }
    for name, content in made.items():
        yield StaticFile(path=f"downloads/{name}", content=content)
    yield from _calendars(site)


def _calendars(site: Site) -> Iterator[StaticFile]:
    """Of everything, of each account, of each of us; none where no day is named."""
    days = [day for one in site.portfolio.accounts for day in days_of(site, one)]
    kinds = {"downloads/calendar.ics": days}
    for day in days:
        kinds.setdefault(f"downloads/accounts/{day.account}.ics", []).append(day)
    for id in sorted(site.settings.team.people):
        name = person_name(site.settings, id)
        kinds[f"downloads/people/{id}.ics"] = [one for one in days if one.who == name]
    for path, some in kinds.items():
        if some:
            yield StaticFile(path=path, content=calendar_with(some))

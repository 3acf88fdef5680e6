"""The plans as JSON files of the site: list of accounts, a file for each, portfolio, schema.

One shape: an account is what `playbook show --format json` says without the reasons, which the
pages hold, and a row of the list is what `playbook export` says.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from generator.figures import Account
from generator.outputs.export.tables import tables_of
from generator.outputs.export.values import values_of
from generator.outputs.report.account import account_data, value_data
from generator.outputs.schema import VERSION, schema
from generator.pages import Spread
from generator.pages.site import Site
from generator.pages.tree import Piece, StaticFile
from generator.portfolio.sums import with_reporting
from generator.terminal import json_text

FOLDER = f"api/v{VERSION}"
_COUNTED = ("status", "tier", "attention", "health_word", "deal", "rung", "owner")


def api_files(site: Site, spread: Spread) -> Iterator[StaticFile]:
    """api/v2/: portfolio.json, accounts.json, accounts/ID.json, schema.json."""
    rows = _rows(site)
    yield _file("schema.json", schema())
    yield _file("accounts.json", {**_head(site, "accounts"), "accounts": rows})
    yield _file("portfolio.json", _portfolio(site, rows))

    def some(share: slice) -> list[Piece]:
        return [_account(site, account) for account in site.portfolio.accounts[share]]

    made = spread(some, len(site.portfolio.accounts))
    yield from (file for file in made if isinstance(file, StaticFile))


def _head(site: Site, kind: str) -> dict[str, Any]:
    return {"kind": kind, "version": VERSION, "as_of": site.today.isoformat()}


def _rows(site: Site) -> list[dict[str, Any]]:
    table = tables_of(site.portfolio)[0]
    rows = []
    for values in table.rows:
        row = dict(zip((column.key for column in table.columns), values, strict=True))
        rows.append({**row, "href": f"accounts/{row['account']}.json"})
    return rows


def _portfolio(site: Site, rows: list[dict[str, Any]]) -> Mapping[str, Any]:
    """How many accounts there are of each kind; what is not known counts as ''."""
    is_judged = site.portfolio.is_judged
    return {
        **_head(site, "portfolio"),
        "name": site.settings.site.name,
        "reporting_currency": site.settings.currencies.reporting_currency,
        "accounts": len(rows),
        "by": {
            key: dict(sorted(Counter(str(row[key] or "") for row in rows).items()))
            for key in _COUNTED
        },
        "errors": sum(row["errors"] for row in rows) if is_judged else None,
        "warnings": sum(row["warnings"] for row in rows) if is_judged else None,
        "href": "accounts.json",
        "values": values_of(site.portfolio) if is_judged else None,
    }


def _account(site: Site, account: Account) -> StaticFile:
    figures = {
        key: with_reporting(account, figure, value_data(figure))
        for key, figure in account.figures.items()
    }
    data = {**_head(site, "account"), **account_data(account, figures)}
    return _file(f"accounts/{account.id}.json", data)


def _file(name: str, data: Mapping[str, Any]) -> StaticFile:
    text = json_text(data, default=str, is_tight=True) + "\n"
    return StaticFile(path=f"{FOLDER}/{name}", content=text.encode())

"""What accounts and deals name: the catalogue and the team, the workspace's own or the export's."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from generator.crm.cells import amount_of, ids_of
from generator.crm.deals import cell
from generator.crm.load import Table
from generator.crm.mapping import Column
from generator.crm.mapping import Mapping as CrmMapping
from generator.edit.yaml_text import yaml_text
from generator.settings import Settings

CATALOGUE, TEAM = "catalogue", "team"


@dataclass(frozen=True, slots=True, kw_only=True)
class Lists:
    """Ids by the names that the export uses, and list prices."""

    industries: Mapping[str, str]
    regions: Mapping[str, str]
    sizes: tuple[tuple[str, int | None], ...]
    offerings: Mapping[str, str]
    people: Mapping[str, str]
    managers: frozenset[str]
    prices: Mapping[str, Decimal]


def lists_of(
    tables: Mapping[str, Table], how: CrmMapping, settings: Settings, own: Sequence[str]
) -> Lists:
    """Ids for all that the export names, or for those that the workspace's own files know."""
    accounts, people = tables[how.accounts.table], tables[how.people.table]
    prices = _prices(tables[how.products.table], how)
    names = _values(people, how.people.name, how)
    managers = _values(people, how.people.manager, how)
    catalogue = settings.catalogue if CATALOGUE in own else None
    team = settings.team.people if TEAM in own else None
    industries = _values(accounts, how.accounts.industry, how)
    regions = _values(accounts, how.accounts.region, how)
    return Lists(
        industries=_known(
            ids_of(industries, "industry"), catalogue.industries if catalogue else None
        ),
        regions=_known(ids_of(regions, "region"), catalogue.regions if catalogue else None),
        sizes=tuple((band.id, band.employees_up_to) for band in settings.catalogue.sizes),
        offerings=_known(ids_of(prices, "offering"), catalogue.offerings if catalogue else None),
        people=_known(ids_of(dict.fromkeys((*names, *managers)), "person"), team),
        managers=frozenset(managers),
        prices=prices,
    )


def _known(ids: dict[str, str], entries: Mapping[str, Any] | None) -> dict[str, str]:
    """All ids, or those that the workspace's own file has."""
    if entries is None:
        return ids
    return {name: one for name, one in ids.items() if one in entries}


def _values(table: Table, column: Column | None, how: CrmMapping) -> tuple[str, ...]:
    """What stands in a column, sorted, each once."""
    if column is None:
        return ()
    return tuple(sorted({value for row in table.rows if (value := cell(row, column, how))}))


def _prices(table: Table, how: CrmMapping) -> dict[str, Decimal]:
    return {
        name: amount_of(cell(row, how.products.price, how)) or Decimal(0)
        for row in table.rows
        if (name := cell(row, how.products.name, how))
    }


def settings_files(
    lists: Lists, settings: Settings, own: Sequence[str]
) -> Iterator[tuple[str, str]]:
    """A catalogue and a team made of the export, for a workspace that has none."""
    if CATALOGUE not in own:
        yield f"site_config/{CATALOGUE}.yaml", _catalogue_text(lists, settings)
    if TEAM not in own:
        people = {
            one: {
                "name": name,
                "role": "sales_manager" if name in lists.managers else "account_manager",
            }
            for name, one in sorted(lists.people.items(), key=lambda pair: pair[1])
        }
        yield (
            f"site_config/{TEAM}.yaml",
            "# Our people, from the export.\n" + yaml_text({"people": people}),
        )


def _catalogue_text(lists: Lists, settings: Settings) -> str:
    """The export's industries, regions and offerings; the rest as shipped."""
    shipped = settings.catalogue.model_dump(by_alias=True, exclude_none=True)
    made = {
        **shipped,
        "industries": _labelled(lists.industries),
        "regions": _labelled(lists.regions),
        "offerings": _labelled(lists.offerings),
    }
    heading = "# Industries, regions and offerings of the export; the rest is a start to adapt.\n"
    return heading + yaml_text(made)


def _labelled(ids: Mapping[str, str]) -> dict[str, Any]:
    return {
        one: {"label": {"en": name[:1].upper() + name[1:]}}
        for name, one in sorted(ids.items(), key=lambda pair: pair[1])
    }

"""What accounts and deals name: the catalogue and the team, the workspace's own or the export's."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from generator.change.crm.cells import ids_of, money_in
from generator.change.crm.deals import cell
from generator.change.crm.load import Table
from generator.change.crm.mapping import Mapping as CrmMapping
from generator.change.crm.sections import Column
from generator.change.crm.skipped import Skipped
from generator.change.edit.yaml_text import yaml_text
from generator.read.numbers import NoNumber
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
    """By what the tables name them by: a name or an id."""
    names: Mapping[str, str]
    """What they are called, by their id in the team."""
    managers: frozenset[str]
    prices: Mapping[str, Decimal]


def lists_of(
    tables: Mapping[str, Table], how: CrmMapping, settings: Settings, own: Sequence[str]
) -> tuple[Lists, tuple[Skipped, ...]]:
    """Ids for all that the export names, or for those that the workspace's own files know."""
    accounts, pipeline = tables[how.accounts.table], tables[how.opportunities.table]
    prices, faults = _prices(tables, how)
    names, managers = _people(tables, how)
    by_name = _known(
        ids_of(dict.fromkeys((*names.values(), *managers)), "person"),
        settings.team.people if TEAM in own else None,
    )
    catalogue = settings.catalogue if CATALOGUE in own else None
    products = prices or dict.fromkeys(_values(pipeline, how.opportunities.product, how))
    industries = _values(accounts, how.accounts.industry, how)
    regions = _values(accounts, how.accounts.region, how)
    lists = Lists(
        industries=_known(
            ids_of(industries, "industry"), catalogue.industries if catalogue else None
        ),
        regions=_known(ids_of(regions, "region"), catalogue.regions if catalogue else None),
        sizes=tuple((band.id, band.employees_up_to) for band in settings.catalogue.sizes),
        offerings=_known(ids_of(products, "offering"), catalogue.offerings if catalogue else None),
        people={key: by_name[name] for key, name in names.items() if name in by_name},
        names={one: name for name, one in by_name.items()},
        managers=frozenset(managers),
        prices=prices,
    )
    return lists, faults


def _known(ids: dict[str, str], entries: Mapping[str, Any] | None) -> dict[str, str]:
    """All ids, or those that the workspace's own file has, by their words or by their id."""
    if entries is None:
        return ids
    words = {_word(entry).casefold(): key for key, entry in entries.items()}
    found = {name: words.get(name.casefold(), one) for name, one in ids.items()}
    return {name: one for name, one in found.items() if one in entries}


def _word(entry: Any) -> str:
    """What a person or an entry of the catalogue is called."""
    return str(entry.label.en if hasattr(entry, "label") else entry.name)


def _values(table: Table, column: Column | None, how: CrmMapping) -> tuple[str, ...]:
    """What stands in a column, sorted, each once."""
    if column is None:
        return ()
    return tuple(
        sorted({value for row in table.rows if not row.fault and (value := cell(row, column, how))})
    )


def _people(tables: Mapping[str, Table], how: CrmMapping) -> tuple[dict[str, str], tuple[str, ...]]:
    """Our people's names by how tables name them, and their managers' names."""
    if how.people is None:
        columns = [(how.accounts.table, how.accounts.owner)]
        columns.append((how.opportunities.table, how.opportunities.person))
        if how.contacts:
            columns.append((how.contacts.table, how.contacts.owner))
        named = [one for table, column in columns for one in _values(tables[table], column, how)]
        return {name: name for name in sorted(named)}, ()
    table = tables[how.people.table]
    names = {}
    for row in table.rows:
        name = cell(row, how.people.name, how)
        if (key := cell(row, how.people.id or how.people.name, how)) and not row.fault:
            names[key] = name or key
    names = dict(sorted(names.items(), key=lambda pair: (pair[1], pair[0])))
    managers = {names.get(one, one) for one in _values(table, how.people.manager, how)}
    return names, tuple(sorted(managers))


def _prices(
    tables: Mapping[str, Table], how: CrmMapping
) -> tuple[dict[str, Decimal], tuple[Skipped, ...]]:
    """List prices by product, and the rows that tell none."""
    prices: dict[str, Decimal] = {}
    if how.products is None:
        return prices, ()
    table, skipped = tables[how.products.table], []
    for row in table.rows:
        name, price = cell(row, how.products.name, how), cell(row, how.products.price, how)
        reason, cure, column = f"'{name}' twice", "keep one", 1
        if name not in prices:
            try:
                amount = money_in(price, how.decimal)
            except NoNumber as error:
                reason, cure = f"no list price in '{price}'", str(error)
                column = table.place_of(how.products.price.column)
            else:
                if name:
                    prices[name] = amount
                    continue
                reason, cure = "no name", "give the product one in the CRM"
        skipped.append(
            Skipped(file=table.file, line=row.line, column=column, reason=reason, cure=cure)
        )
    return prices, tuple(skipped)


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
            for one, name in sorted(lists.names.items())
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

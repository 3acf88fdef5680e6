"""What accounts and deals name: the catalogue and the team, the workspace's own or the export's."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from generator.change.crm.cells import money_in
from generator.change.crm.columns import MappedColumn
from generator.change.crm.mapping import CrmMapping
from generator.change.crm.names import free_id, ids_of, known_ids
from generator.change.crm.parts import PartMapping
from generator.change.crm.tables import (
    FROM_FIRST_ROW,
    ExportRow,
    ExportTable,
    RowFault,
    Skipped,
    cell,
    rows_for,
    usable,
)
from generator.change.edit.edit import Edited, Put, edit_text
from generator.change.edit.yaml_text import flow_text, yaml_text
from generator.model.years import Years
from generator.read import Document
from generator.read.numbers import NoNumber
from generator.settings import Settings
from generator.settings.overlay import OFF

CATALOGUE, TEAM, CURRENCIES = "catalogue", "team", "currencies"


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
    joining: frozenset[str]
    """The ids of those whom the workspace's own team does not have yet."""
    managers: frozenset[str]
    prices: Mapping[str, Decimal]
    years: Years
    """The firm's, by which revenue is summed."""
    spread: Mapping[str, float]
    """By how much a fact of each grade may be off, by which samples are graded."""

    def team(self, ids: Iterable[str]) -> dict[str, dict[str, str]]:
        """Some of the people as the team has them, by id."""
        return {
            id_: {
                "name": self.names[id_],
                "role": "sales_manager" if self.names[id_] in self.managers else "account_manager",
            }
            for id_ in sorted(ids)
        }

    @property
    def labels(self) -> dict[str, Mapping[str, str]]:
        """The ids that an import remembers, by list."""
        return {
            "industries": self.industries,
            "regions": self.regions,
            "offerings": self.offerings,
            "people": self.people,
        }


def lists_of(
    tables: Mapping[str, ExportTable],
    mapping: CrmMapping,
    settings: Settings,
    own: Sequence[str],
    remembered: Mapping[str, Mapping[str, str]],
    *,
    is_first: bool = False,
) -> tuple[Lists, tuple[Skipped, ...]]:
    """Ids for all that the export names, or for those that the workspace's own files know.

    `remembered` are the ids that earlier imports gave, by list. In the first import of a workspace
    without plans people join the team.
    """
    prices, faults = _prices(tables, mapping)
    names, managers = _people(tables, mapping)
    catalogue = settings.catalogue if CATALOGUE in own else None
    entries: Mapping[str, Mapping[str, Any]] = (
        {
            "industries": catalogue.industries,
            "regions": catalogue.regions,
            "offerings": catalogue.offerings,
        }
        if catalogue
        else {}
    )
    named = {
        product
        for deals in mapping.opportunities
        for product in _values(tables, deals, deals.product, mapping)
    }
    products = prices or sorted(named)

    def ids(kind: str, labels: Iterable[str], fallback: str) -> dict[str, str]:
        names = {label: label for label in labels}
        return _ids(names, fallback, entries.get(kind), remembered.get(kind, {}))

    team = settings.team.people if TEAM in own else None
    everybody = {**names, **{name: name for name in managers if name not in names.values()}}
    people = _ids(everybody, "person", team, remembered.get("people", {}))
    joining: dict[str, str] = {}
    if team is not None and is_first:
        others = {key: name for key, name in everybody.items() if key not in people}
        joining = ids_of(others, "person", {}, team)
    industries = _values(tables, mapping.accounts, mapping.accounts.industry, mapping)
    regions = _values(tables, mapping.accounts, mapping.accounts.region, mapping)
    lists = Lists(
        industries=ids("industries", industries, "industry"),
        regions=ids("regions", regions, "region"),
        sizes=tuple((band.id, band.employees_up_to) for band in settings.catalogue.sizes),
        offerings=ids("offerings", products, "offering"),
        people={**people, **joining},
        names={id_: names.get(key, key) for key, id_ in reversed({**people, **joining}.items())},
        joining=frozenset(joining.values()),
        managers=frozenset(managers),
        prices=prices,
        years=settings.years,
        spread=settings.scoring.evidence.spread.model_dump(),
    )
    return lists, faults


def _ids(
    names: Mapping[str, str],
    fallback: str,
    entries: Mapping[str, Any] | None,
    remembered: Mapping[str, str],
) -> dict[str, str]:
    """An id for each name by its key, or the entry that the workspace's own file has for it."""
    if entries is None:
        return ids_of(names, fallback, remembered)
    return known_ids(names, {id_: _word(entry) for id_, entry in entries.items()}, remembered)


def _word(entry: Any) -> str:
    """What a person or an entry of the catalogue is called."""
    return str(entry.label.en if hasattr(entry, "label") else entry.name)


def _values(
    tables: Mapping[str, ExportTable],
    part: PartMapping,
    column: MappedColumn | None,
    mapping: CrmMapping,
) -> tuple[str, ...]:
    """What stands in a column of a part, sorted, each once."""
    if column is None:
        return ()
    values = {cell(mapping, row, column) for row in rows_for(tables[part.table], part)}
    return tuple(sorted(values - {""}))


def _people(
    tables: Mapping[str, ExportTable], mapping: CrmMapping
) -> tuple[dict[str, str], tuple[str, ...]]:
    """Our people's names by how tables name them, and their managers' names."""
    if mapping.people is None:
        columns: list[tuple[PartMapping, MappedColumn | None]] = [
            (mapping.accounts, mapping.accounts.owner),
            *((part, part.person) for part in mapping.opportunities),
            *((part, part.owner) for part in mapping.contacts),
            *((part, part.by) for part in mapping.interactions),
        ]
        named = [
            name for part, column in columns for name in _values(tables, part, column, mapping)
        ]
        return {name: name for name in sorted(named)}, ()
    table = tables[mapping.people.table]
    names = {}
    for row in rows_for(table, mapping.people):
        name = cell(mapping, row, mapping.people.name)
        key = cell(mapping, row, mapping.people.id or mapping.people.name)
        if key:
            names[key] = name or key
    names = dict(sorted(names.items(), key=lambda pair: (pair[1], pair[0])))
    managers = {
        names.get(manager, manager)
        for manager in _values(tables, mapping.people, mapping.people.manager, mapping)
    }
    return names, tuple(sorted(managers))


def _prices(
    tables: Mapping[str, ExportTable], mapping: CrmMapping
) -> tuple[dict[str, Decimal], tuple[Skipped, ...]]:
    """List prices by product, and the rows that tell none."""
    columns = mapping.products
    if columns is None:
        return {}, ()

    def read(row: ExportRow) -> tuple[str, str]:
        return cell(mapping, row, columns.name), cell(mapping, row, columns.price)

    def faults(row: ExportRow, price: str, before: str | None) -> Iterator[RowFault]:
        name = cell(mapping, row, columns.name)
        if before is not None:
            # a table of deals names the product in each
            is_deals = any(part.table == columns.table for part in mapping.opportunities)
            reason, detail = "one more row of product", f"'{name}'"
            if is_deals:
                reason, detail = FROM_FIRST_ROW.format("product"), f"({detail})"
            yield RowFault(reason, "keep one", is_meant=is_deals, detail=detail)
        try:
            money_in(price, mapping.decimal)
        except NoNumber as error:
            heading = columns.price.heading
            yield RowFault("no list price", str(error), heading, detail=f"in '{price}'")
        if not name:
            yield RowFault("no name", "give the product one in the CRM")

    prices, skipped = usable(tables[columns.table], columns, read, faults)
    return {name: money_in(price, mapping.decimal) for name, price in prices.items()}, skipped


def settings_files(lists: Lists, own: Sequence[str]) -> Iterator[tuple[str, str]]:
    """A catalogue and a team made of the export, for a workspace that has none."""
    if CATALOGUE not in own:
        yield f"site_config/{CATALOGUE}.yaml", _catalogue_text(lists)
    if TEAM not in own:
        yield (
            f"site_config/{TEAM}.yaml",
            "# Our people, from the export.\n" + yaml_text({"people": lists.team(lists.names)}),
        )


def currency_file(mapping: CrmMapping) -> tuple[str, str]:
    """The export's currency as the workspace's, for one that has not said its own."""
    heading = "# The currency of the export: sums are in it.\n"
    text = yaml_text({"reporting_currency": mapping.currency})
    return f"site_config/{CURRENCIES}.yaml", heading + text


def joined_team(lists: Lists, team: Document) -> Edited | None:
    """The workspace's own team with those who join it; None where nobody does."""
    if not lists.joining:
        return None
    people = lists.team(lists.joining).items()
    return edit_text(
        team.text, [Put(path=("people", id_), value=person) for id_, person in people], team.path
    )


def _catalogue_text(lists: Lists) -> str:
    """The export's industries, regions and offerings; the rest stays as shipped."""
    catalogue = {
        "industries": {OFF: True, **_labelled(lists.industries)},
        "regions": {OFF: True, **_labelled(lists.regions)},
        "offerings": _labelled(lists.offerings),
    }
    heading = (
        "# Industries, regions and offerings of the export; all else is as shipped.\n"
        "# 'off: true' takes out the industries and regions that are shipped.\n"
    )
    return heading + yaml_text(catalogue)


def _labelled(ids: Mapping[str, str]) -> dict[str, Any]:
    return {id_: _entry(name) for name, id_ in sorted(ids.items(), key=lambda pair: pair[1])}


def _entry(name: str) -> dict[str, Any]:
    return {"label": {"en": name[:1].upper() + name[1:]}}


# By what the closing table calls a word that settings do not know: file, list, id without letters
_SETTING_OF = {
    "owner": (TEAM, "people", "person"),
    "person": (TEAM, "people", "person"),
    "industry": (CATALOGUE, "industries", "industry"),
    "region": (CATALOGUE, "regions", "region"),
    "offering": (CATALOGUE, "offerings", "offering"),
}


def line_to_add(what: str, word: str, mapping: CrmMapping, settings: Settings) -> str:
    """The line with which the settings know a word, and where it goes; '' where there is none.

    A person whom the export names by an id is not called that.
    """
    if what not in _SETTING_OF:
        return ""
    file, key, fallback = _SETTING_OF[what]
    if file == TEAM and mapping.people is not None and mapping.people.id is not None:
        return ""
    entry = {"name": word, "role": "account_manager"} if file == TEAM else _entry(word)
    there = settings.team.people if file == TEAM else getattr(settings.catalogue, key)
    line = flow_text({free_id(word, fallback, there): entry})[1:-1]
    return f"to add '{word}', write '{line}' under '{key}:' in site_config/{file}.yaml"

"""What an import will do: the files to write, every row accounted for, what was not clear."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import PurePosixPath

from generator.crm.account import Company, playbook_of
from generator.crm.cells import amount_of, ids_of
from generator.crm.deals import Deal, Skipped, cell, read_deals
from generator.crm.lists import Lists, lists_of, settings_files
from generator.crm.load import Row, Table
from generator.crm.mapping import Column
from generator.crm.mapping import Mapping as CrmMapping
from generator.edit.yaml_text import yaml_text
from generator.errors import WorkspaceError
from generator.model.shape import did_you_mean
from generator.settings import Settings

SCHEMA = "site_config/playbook.schema.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class NewFile:
    """A file to write, relative to the workspace."""

    path: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportPlan:
    """Files to write, and the closing account in lines for people."""

    files: tuple[NewFile, ...]
    accounting: tuple[str, ...]


def plan_import(
    tables: Mapping[str, Table], how: CrmMapping, settings: Settings, own: Sequence[str]
) -> ImportPlan:
    """What the export becomes; `own` are the site_config files that the workspace has itself.

    A workspace without a catalogue or a team of its own gets them from the export; one with them
    keeps them, and what they do not know is left out and counted.
    """
    _refuse_missing_columns(tables, how)
    rows, doubles = _first_of_each_name(tables[how.accounts.table], how)
    ids = ids_of(rows, "account")
    lists = lists_of(tables, how, settings, own)
    products = tuple(lists.prices)
    deals, skipped = read_deals(tables[how.opportunities.table], how, tuple(rows), products)
    left_out: Counter[str] = Counter()
    files = [NewFile(path=path, text=text) for path, text in settings_files(lists, settings, own)]
    for name, row in rows.items():
        company = _company(name, row, how, ids, lists, left_out)
        here = [one for one in deals if one.account == name]
        path = str(PurePosixPath("playbooks", how.folder or "", f"{company.id}.yaml"))
        text = _heading(path, how) + yaml_text(playbook_of(company, here, lists, how))
        files.append(NewFile(path=path, text=text))
    for deal in deals:
        if deal.product not in lists.offerings:
            left_out[f"unknown offering '{deal.product}'"] += 1
    accounting = _accounting(tables, how, len(rows), doubles, deals, skipped, left_out)
    return ImportPlan(files=tuple(files), accounting=tuple(accounting))


def _refuse_missing_columns(tables: Mapping[str, Table], how: CrmMapping) -> None:
    for section in (how.accounts, how.products, how.people, how.opportunities):
        table = tables[section.table]
        for field in type(section).model_fields:
            wanted = getattr(getattr(section, field), "column", None)
            if wanted is not None and wanted not in table.columns:
                raise WorkspaceError(
                    f"{table.file} has no column '{wanted}'{did_you_mean(wanted, table.columns)}"
                )


def _first_of_each_name(table: Table, how: CrmMapping) -> tuple[dict[str, Row], int]:
    """Rows by account name, and how many were without a name or a double."""
    rows: dict[str, Row] = {}
    others = 0
    for row in table.rows:
        name = cell(row, how.accounts.name, how)
        if name and name not in rows:
            rows[name] = row
        else:
            others += 1
    return rows, others


def _company(
    name: str,
    row: Row,
    how: CrmMapping,
    ids: Mapping[str, str],
    lists: Lists,
    left_out: Counter[str],
) -> Company:
    def known(column: Column | None, entries: Mapping[str, str], what: str) -> str | None:
        value = cell(row, column, how) if column else ""
        if value and value not in entries:
            left_out[f"unknown {what} '{value}'"] += 1
        return entries.get(value)

    size = amount_of(row.cells.get(how.accounts.size.column, "")) if how.accounts.size else None
    return Company(
        id=ids[name],
        name=name,
        industry=known(how.accounts.industry, lists.industries, "industry"),
        region=known(how.accounts.region, lists.regions, "region"),
        size=_size(size, lists) if size is not None else None,
        parent=known(how.accounts.parent, ids, "parent"),
    )


def _size(employees: Decimal, lists: Lists) -> str:
    """The first band that holds so many employees, else the last."""
    for band, up_to in lists.sizes:
        if up_to is None or employees <= up_to:
            return band
    return lists.sizes[-1][0]


def _heading(path: str, how: CrmMapping) -> str:
    """Both editor modelines and where the file comes from."""
    up = "../" * (len(PurePosixPath(path).parts) - 1)
    return (
        f"# yaml-language-server: $schema={up}{SCHEMA}\n# $schema: {up}{SCHEMA}\n"
        f"# Imported from {how.source} as of {how.as_of}.\n"
    )


def _accounting(  # noqa: PLR0913, PLR0917 - the closing table looks at everything
    tables: Mapping[str, Table],
    how: CrmMapping,
    accounts: int,
    doubles: int,
    deals: Sequence[Deal],
    skipped: Skipped,
    left_out: Counter[str],
) -> Iterator[str]:
    """The closing table: every row used or skipped and why, and the won value reconciled."""
    read = tables[how.accounts.table]
    yield (
        f"{read.file}: {len(read.rows):,} rows, {accounts:,} used,"
        f" {doubles:,} without a name or double"
    )
    pipeline = tables[how.opportunities.table]
    yield f"{pipeline.file}: {len(pipeline.rows):,} rows, {len(deals):,} used"
    for reason, count in sorted(skipped.reasons.items(), key=lambda pair: (-pair[1], pair[0])):
        yield f"  {count:,} skipped: {reason}"
    for reason, count in sorted(left_out.items()):
        yield f"  {count:,} fields left out: {reason}"
    placed = sum((one.amount for one in deals if one.state == "won"), Decimal(0))
    yield (
        f"won value: {placed + skipped.won:,} {how.currency} in all,"
        f" {placed:,} placed, {skipped.won:,} not placed"
    )

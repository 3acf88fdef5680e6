"""Sites in memory for the tests of pages: a few accounts, written out, each with its oddity."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from pathlib import Path

from generator.assess import assess
from generator.pages.engine import Engine
from generator.pages.navigation import PAGES
from generator.pages.page import SitePage
from generator.pages.site import Site
from generator.pages.tree import FramedPage, Page, Piece, StaticFile
from generator.read import Workspace
from tests.workspace import make_workspace

TODAY = datetime.date(2026, 11, 23)

HARBOR = """\
schema: 1
account:
  name: Harbor Logistics
  aliases: [HL, Port & Co]
  status: customer
  industry: logistics
  region: emea
  owner: kim-larsen
  tags: [framework-contract]
  reviewed: 2026-10-01
summary: A sample.
economics:
  currency: USD
  price: 100000
  production_cost: {value: 60000, grade: fact, as_of: 2026-10-01}
relationship:
  personal_data: {source: card, lawful_basis: contract, collected_on: 2025-01-10, review_by: 2027-01-10}
  contacts:
    - {id: birgit-holt, name: Birgit Holt, title: COO, influence: 5, public_official: none}
    - {id: jan-maas, name: Jan Maas, influence: 2, public_official: none}
    - {id: old-hand, name: Old Hand, left_on: 2026-01-01, public_official: none}
risk:
  customer:
    - {id: late, doubt: Late go-live of the second line, probability: 0.2, loss: 100000, effectiveness: 0.5}
  own:
    - {id: slow-pay, class: payment, statement: Pays slowly, probability: 0.1, loss: 20000}
  credit: {receivable: 50000, default_probability: 0.02, loss_given_default: 0.5, cost_of_capital: 0.1, days_late: 0}
competition:
  rivals: [{id: north-drive, name: North Drive}]
objectives:
  - {id: uptime, statement: Uptime of 99 %.}
"""

CHINESE = """\
schema: 1
account:
  name: 华远精密制造有限公司
  aliases: [华远]
  status: prospect
  industry: energy
  region: apac
  owner: li-wei
summary: 示例。
relationship:
  personal_data: {source: 名片, lawful_basis: contract, collected_on: 2025-01-10, review_by: 2027-01-10}
  contacts: [{id: wang-min, name: 王敏, title: 采购总监, influence: 4, public_official: none}]
risk:
  customer: [{id: delay, doubt: 交付周期太长}]
"""

HOSTILE = """\
schema: 1
account:
  name: '<script>alert(1)</script> & "Sons"'
  status: former
  aliases: ['</script><img src=x onerror=alert(2)>']
summary: '<b>x</b>'
"""

FILES: Mapping[str, str | bytes] = {
    "playbooks/harbor.yaml": HARBOR,
    "playbooks/asia/huayuan.yaml": CHINESE,
    "playbooks/hostile.yaml": HOSTILE,
    "playbooks/broken.yaml": "schema: 1\naccount: {name: <b>Broken\n",
}


def site_of(folder: Path, files: Mapping[str, str | bytes] = FILES) -> Site:
    """The site of a workspace with these files."""
    root = make_workspace(folder, files)
    return Site(portfolio=assess(Workspace.at(root), TODAY), engine=Engine(), allow_incomplete=True)


def page_of(declared: SitePage, site: Site) -> Page:
    """A page of a site."""
    return declared.made(site, PAGES)


def static(made: Iterable[Piece], path: str) -> str:
    """The text of a file, or what stands in the frame of a page."""
    (text,) = (written_in(candidate) for candidate in made if candidate.path == path)
    return text


def written_in(piece: Piece) -> str:
    """The text of a piece of a site, without its frame."""
    if isinstance(piece, StaticFile):
        return piece.content.decode()
    return piece.html if isinstance(piece, FramedPage) else piece.markdown

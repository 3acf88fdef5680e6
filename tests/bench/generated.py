"""Realistic playbooks in any number, the same for the same seed: about 7 kB each."""

from __future__ import annotations

import datetime
import random
import shutil
from pathlib import Path
from typing import Any

import yaml

from generator.read import Workspace
from generator.settings import Settings, load_settings

TODAY = datetime.date(2026, 11, 23)
NAMES = ("Alder", "Birch", "Cedar", "Dune", "Elm", "Fjord", "Grove", "Heath", "Isle", "Juniper")
KINDS = ("Logistics", "Foods", "Steel", "Pharma", "Water", "Rail", "Paper", "Chemicals")
PEOPLE = ("Ada", "Bo", "Cai", "Dov", "Eva", "Finn", "Gil", "Hana", "Ivo", "Jun")
FAMILY = ("Ahlers", "Brandt", "Chen", "Diaz", "Eriksen", "Fuchs", "Gomez", "Hoang")
WORDS = [
    "line",
    "retrofit",
    "site",
    "uptime",
    "spare",
    "contract",
    "plant",
    "control",
    "audit",
    "training",
    "energy",
    "order",
    "budget",
    "board",
    "review",
    "rollout",
    "pilot",
    "supplier",
    "quality",
    "delivery",
    "service",
    "warranty",
    "project",
    "renewal",
]
QUESTIONS = [
    "target",
    "satisfaction",
    "brand",
    "need",
    "solution",
    "money",
    "authority",
    "competition",
    "comparison",
    "trend",
]
SHARE_NEGLECTED = 0.1
"""Of so many accounts the people have not heard from us for long."""
VALUES = ("product", "relationship", "quality", "service", "image", "technology")


def write_portfolio(root: Path, count: int, seed: int = 1) -> None:
    """Playbooks 0 to count-1 below root/playbooks, fifty to a folder; people are of the example."""
    (root / "playbooks").mkdir(parents=True, exist_ok=True)
    if not (root / "site_config").exists():
        shutil.copytree(Path(__file__).parents[2] / "site_config", root / "site_config")
    settings = load_settings(Workspace.at(root))
    for number in range(count):
        folder = root / "playbooks" / f"group-{number // 50:03}"
        folder.mkdir(exist_ok=True)
        text = yaml.safe_dump(
            playbook(number, settings, random.Random(seed * 1_000_003 + number)),
            sort_keys=False,
            default_flow_style=None,  # as people write: small things in braces
            allow_unicode=True,
            width=100,
        )
        (folder / f"account-{number:05}.yaml").write_text(text, encoding="utf-8")


def playbook(number: int, settings: Settings, dice: random.Random) -> dict[str, Any]:
    """One account as plain data; ids come from the settings."""
    catalogue = settings.catalogue
    people = sorted(settings.team.people)
    owner = dice.choice(people)
    name = f"{dice.choice(NAMES)} {dice.choice(KINDS)} {number}"
    status = dice.choices(("customer", "prospect", "former"), (7, 2, 1))[0]
    price = dice.randrange(80_000, 1_500_000, 1000)
    return {
        "schema": 1,
        "account": {
            "name": name,
            "aliases": [f"{name.split(maxsplit=1)[0][:2]}{number}"],
            "status": status,
            "industry": dice.choice(sorted(catalogue.industries)),
            "region": dice.choice(sorted(catalogue.regions)),
            "size": dice.choice(("small", "medium", "large", "enterprise")),
            "uses": [dice.choice(sorted(catalogue.uses))],
            "planned_tier": dice.choice("ABCD"),
            "owner": owner,
            "executive_sponsor": dice.choice(people),
            "contract": {
                "start": _day(dice, -700),
                "end": _day(dice, 500),
                "notice_by": _day(dice, 300),
                "value": price,
                "payment_days": 30,
            },
            "next": {"date": _day(dice, 20), "what": _words(dice, 3), "with": ["c0"]},
            "reviewed": _day(dice, -40),
        },
        "summary": f"{_words(dice, 20).capitalize()}.\n",
        "strategy": {"theirs": _words(dice, 8), "ours": _words(dice, 8), "how": _words(dice, 8)},
        "qualification": {
            question: {"answer": _words(dice, 4), "score": dice.choices((0, 1, 2), (1, 10, 20))[0]}
            for question in QUESTIONS
        },
        "economics": _economics(dice, price),
        "relationship": _relationship(dice, owner, sorted(catalogue.channels)),
        "service": {"objects": [_object(dice, index, catalogue.activities) for index in range(3)]},
        "value": _value(dice, price),
        "risk": _risk(dice, owner),
        "offerings": {
            offering: {
                "status": dice.choice(("ours", "open", "not_applicable")),
                "potential": dice.randrange(10_000, 200_000, 1000),
                "revenue": 0,
            }
            for offering in sorted(catalogue.offerings)[:4]
        },
        "objectives": [
            {
                "id": "grow",
                "statement": _words(dice, 5),
                "metric": "sites",
                "unit": "sites",
                "baseline": 1,
                "target": 3,
                "actual": 2,
                "due": _day(dice, 200),
                "owner": owner,
            }
        ],
        "actions": [
            {
                "id": f"step-{index}",
                "what": _words(dice, 6),
                "owner": owner,
                "due": _day(dice, 30 + index * 20),
                "objective": "grow",
                "part": part,
                **({"restructure": "reprice"} if index == 2 else {}),
            }
            for index, part in enumerate(("V3", "K4", dice.choice(("R1", "S2"))))
        ],
    }


def _day(dice: random.Random, around: int) -> datetime.date:
    return TODAY + datetime.timedelta(days=around + dice.randint(-15, 15))


def _words(dice: random.Random, count: int) -> str:
    return " ".join(dice.choice(WORDS) for _ in range(count))


def _economics(dice: random.Random, price: int) -> dict[str, Any]:
    margin = round(dice.uniform(0.3, 0.55), 2)
    return {
        "currency": dice.choice(("EUR", "USD")),
        "addressable_spend": price * dice.randint(2, 6),
        "attainable_share": {
            "value": round(dice.uniform(0.05, 0.5), 2),
            "grade": "estimate",
            "as_of": _day(dice, -60),
            "source": _words(dice, 3),
        },
        "contribution_margin": margin,
        "retention": round(dice.uniform(0.6, 0.95), 2),
        "price": price,
        "production_cost": int(price * (1 - margin)),
        "marketing_cost": int(price * 0.05),
        "development": {
            "monthly_cost": dice.randrange(1000, 20_000, 500),
            "months": dice.randint(2, 18),
            "win_probability": round(dice.uniform(0.2, 0.8), 2),
            "monthly_contribution": dice.randrange(2000, 30_000, 500),
        },
        "revenue": [{"year": 2025, "amount": price}, {"year": 2024, "amount": int(price * 0.9)}],
    }


def _relationship(dice: random.Random, owner: str, channels: list[str]) -> dict[str, Any]:
    levels = ("company", "handler", "related", "handler")
    roles = ("decider", "champion", "influencer", "user")
    neglected = 40 if dice.random() < SHARE_NEGLECTED else 0
    return {
        "personal_data": {
            "source": "trade fair",
            "lawful_basis": "legitimate interest",
            "collected_on": _day(dice, -300),
            "review_by": _day(dice, 300),
        },
        "contacts": [
            {
                "id": f"c{index}",
                "name": f"{dice.choice(PEOPLE)} {dice.choice(FAMILY)}",
                "title": _words(dice, 2),
                "level": levels[index],
                "roles": [roles[index]],
                "influence": dice.randint(1, 5),
                "sentiment": dice.randint(-2, 2),
                "observed": [{"fact": _words(dice, 6), "date": _day(dice, -20), "by": owner}],
                "owner": owner,
                "rhythm_days": (45, 60, 90)[index],
                "public_official": "none",
            }
            for index in range(3)
        ],
        "interactions": [
            {
                "date": _day(dice, -20 * index - 16 - neglected),
                "contacts": [f"c{index}"],
                "by": owner,
                "initiated_by": dice.choice(("us", "them")),
                "two_way": True,
                "channel": dice.choice(channels),
                "note": _words(dice, 6),
            }
            for index in range(3)
        ],
        "promises": [
            {
                "what": _words(dice, 4),
                "to": "c0",
                "due": _day(dice, -50),
                "kept_on": _day(dice, -55),
            }
        ],
        "gates": {
            "aware": {"date": _day(dice, -900), "evidence": _words(dice, 4)},
            "familiar": {"date": _day(dice, -800), "evidence": _words(dice, 4)},
            "customer": {
                "date": _day(dice, -700),
                "confirmed": _day(dice, -60),
                "evidence": _words(dice, 4),
            },
        },
    }


def _object(dice: random.Random, index: int, activities: Any) -> dict[str, Any]:
    return {
        "id": f"object-{index}",
        "contact": f"c{index}",
        "stage": ("pre_sale", "sale", "after_sale")[index],
        "importance": {name: dice.randint(1, 5) for name in ("level", "stage", "role")},
        "activities": [
            {"activity": activity, "per_year": dice.randint(1, 12)}
            for activity in sorted(activities)[:2]
        ],
        "promised": 3,
        "delivered": dice.randint(1, 3),
    }


def _value(dice: random.Random, price: int) -> dict[str, Any]:
    def line(share: float) -> dict[str, Any]:
        return {"amount": int(price * share * dice.uniform(0.5, 1.5)), "note": _words(dice, 4)}

    return {
        "values": {name: line(0.32) for name in VALUES},
        "costs": {"switching": line(0.1), "effort": line(0.02), "time": line(0.03)},
        "alternatives": [
            {
                "name": f"{dice.choice(FAMILY)} Systems",
                "values": {name: int(price * dice.uniform(0.1, 0.3)) for name in VALUES},
                "costs": {
                    name: int(price * dice.uniform(0.1, 0.3))
                    for name in ("monetary", "switching", "effort", "time", "risk")
                },
            }
        ],
        "standard": [
            {
                "item": "uptime",
                "metric": "availability",
                "unit": "share",
                "baseline": 0.95,
                "target": 0.98,
                "actual": 0.97,
                "due": _day(dice, 200),
                "agreed_by_us": _day(dice, -100),
                "agreed_by_customer": _day(dice, -100),
            }
        ],
    }


def _risk(dice: random.Random, owner: str) -> dict[str, Any]:
    return {
        "customer": [
            {
                "id": f"doubt-{index}",
                "doubt": _words(dice, 5),
                "class": dice.choice(("delivery", "function", "money")),
                "probability": round(dice.uniform(0.05, 0.5), 2),
                "loss": dice.randrange(10_000, 200_000, 1000),
                "measure": _words(dice, 5),
                "effectiveness": 0.5,
                "measure_cost": dice.randrange(500, 5000, 100),
                "named_by": dice.choice(("us", "them")),
                "owner": owner,
                "due": _day(dice, 60),
            }
            for index in range(2)
        ],
        "own": [
            {
                "id": "misuse",
                "class": "misuse",
                "statement": _words(dice, 5),
                "probability": 0.1,
                "loss": dice.randrange(10_000, 100_000, 1000),
                "measure": _words(dice, 4),
                "effectiveness": 0.4,
                "preventive_clause": "7.2",
                "liability_clause": "9.1",
                "owner": owner,
                "due": _day(dice, 90),
            }
        ],
        "credit": {
            "receivable": dice.randrange(5000, 90_000, 500),
            "days_late": dice.randint(0, 40),
            "default_probability": 0.02,
            "loss_given_default": 0.6,
            "cost_of_capital": 0.08,
        },
    }

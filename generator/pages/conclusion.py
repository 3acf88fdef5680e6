"""What an account comes to, in the sentences with which its page, the terminal and others begin."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from markupsafe import Markup

from generator.figures.conclusion import (
    DealConclusion,
    Matter,
    Part,
    Standing,
    conclusion_of,
)
from generator.language import say
from generator.pages.formats import running, share
from generator.pages.view import AccountView
from generator.pages.words import even_sentences


@dataclass(frozen=True, slots=True, kw_only=True)
class Conclusion:
    """What an account comes to, what would tip it, and what to do."""

    parts: tuple[Part, ...]
    """The worse first."""
    evenness: tuple[str, ...]
    """What would tip their gain, where it may be none."""
    advice: str
    """What to do, in a sentence; empty where too little is known."""

    @property
    def is_ruled_out(self) -> bool:
        """Whether they do not qualify, so that nobody works on them."""
        return _is_ruled_out(self.parts)


_DROPPED = ("low", "long")
"""The cell whose advice is to drop whoever is no customer."""


def conclusion(view: AccountView) -> Conclusion:
    """The conclusion on an account that was read."""
    is_customer = view.playbook.account.status == "customer"
    parts = conclusion_of(view.account.figures, is_customer=is_customer)
    deal = next((part for part in parts if isinstance(part, DealConclusion)), None)
    return Conclusion(parts=parts, evenness=_evenness(view, deal), advice=_advice(view, parts))


def conclusion_text(view: AccountView) -> str:
    """The conclusion as sentences without marks of any kind, in the language that is spoken."""
    html = view.site.engine.render(
        "account/conclusion.html.j2", acc=view, conclusion=conclusion(view)
    )
    return Markup(html).striptags()  # noqa: S704 - it is made text here


def deal_evenness(view: AccountView) -> tuple[str, ...]:
    """Whether nobody can say who gains, in sentences; nothing where it is plain or not known."""
    keys = ("value.delivered_value", "deal.break_even", "deal.our_margin")
    figures = [figure for key in keys if (figure := view.figure(key)) is not None]
    return even_sentences(*figures) if len(figures) == len(keys) else ()


def _evenness(view: AccountView, deal: DealConclusion | None) -> tuple[str, ...]:
    """What would tip their gain, where it may; whether we earn is said before."""
    if deal is None or deal.verdict != "balanced" or not deal.gain.is_about_even:
        return ()
    return deal_evenness(view)[:1]


def _advice(view: AccountView, parts: Iterable[Part]) -> str:
    """What to do: what the cell means for an account of this status, or what comes before that."""
    cell = view.value("selection.row"), view.value("selection.column")
    if _is_ruled_out(parts) and cell != _DROPPED:
        return say("Spend nothing on them until that changes.")
    urgency = view.value("selection.urgency")
    if urgency in view.site.settings.labels.get("urgency_sentences", {}):
        return view.label("urgency_sentences", urgency)
    status = view.playbook.account.status
    if None in cell or status is None:
        return ""
    advice = view.label("cell_sentences", f"{cell[0]}_{cell[1]}_{status}")
    sureness, tier = view.mark("tier"), view.figure("tier")
    if sureness is None or sureness.level > 1 or tier is None or tier.confidence is None:
        return advice
    chance = share(tier.confidence)
    return running((advice, say("That the tier stands is {chance} sure.", chance=chance)))


def _is_ruled_out(parts: Iterable[Part]) -> bool:
    return any(
        part.matter is Matter.QUALIFICATION and part.standing is Standing.BAD for part in parts
    )

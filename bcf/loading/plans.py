"""The real plans: one folder a plan, loaded before the plans that are parts of it."""

import tomllib
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from django.db import transaction

from bcf.loading.governance import (
    load_agreements,
    load_governance_board_rows,
    load_governance_rows,
)
from bcf.loading.metrics import load_metric_board_rows, load_metric_rows
from bcf.loading.reference import FIXTURES
from bcf.loading.schemes import load_scheme_board_rows, load_scheme_rows
from bcf.loading.tables import FixtureError, Lookup, by_key, load_file
from plans.models import Board, Contribution, Cycle, Organisation, Plan, Requirement
from schemes.models import Scheme, SpendLine

# What is loaded of a plan after its money and schemes, and of a board, in this order.
OF_PLANS = (load_metric_rows, load_scheme_rows, load_governance_rows)
OF_BOARDS = (load_metric_board_rows, load_scheme_board_rows, load_governance_board_rows)


@transaction.atomic
def load_plans(folder: Path = FIXTURES / "plans") -> dict[str, int]:
    """Save the plans and rows that are not there yet; returns the rows saved, by plan or kind.

    What stands about a board and what is agreed beside the plans follows after the last plan,
    because an agreement may name a plan.
    """
    saved = {plan.slug: _load_rows(plan, folder / plan.slug) for plan in _load_plans(folder)}
    return {**saved, **_load_beside(folder.parent)}


def _load_beside(folder: Path) -> dict[str, int]:
    """Rows of boards and agreements, which belong to no one plan."""
    boards = {
        f"board {board.slug}": sum(
            load(board, folder / "boards" / board.slug) for load in OF_BOARDS
        )
        for board in Board.objects.all()
        if (folder / "boards" / board.slug).is_dir()
    }
    return {**boards, "agreements": load_agreements(folder / "agreements")}


def _load_plans(folder: Path) -> Iterator[Plan]:
    facts = {path.parent.name: _read(path) for path in sorted(folder.glob("*/plan.toml"))}
    for slug in sorted(facts, key=lambda each: (facts[each]["part_of"] != "", each)):
        yield Plan.objects.filter(slug=slug).first() or _save_plan(slug, facts[slug])


def _read(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _save_plan(slug: str, facts: dict[str, Any]) -> Plan:
    citation = facts["citation"]
    words = ("title", "template_version", "status", "agreed_in_words", "submitted_in_words")
    plan = Plan(
        slug=slug,
        cycle=Cycle.objects.get(key=facts["cycle"]),
        part_of=Plan.objects.get(slug=facts["part_of"]) if facts["part_of"] else None,
        agreed_on=_day(facts["agreed_on"]),
        boundary_note=facts["boundary_note"],
        citation_title=citation["title"],
        citation_date=_day(citation["date"]),
        citation_place=citation["place"],
        **{name: facts[name] for name in words},
    )
    plan.save()
    plan.boards.set(_all(Board.objects.filter(slug__in=facts["boards"]), facts["boards"]))
    organisations = Organisation.objects.filter(key__in=facts["commissioners"])
    plan.commissioners.set(_all(organisations, facts["commissioners"]))
    return plan


def _all(rows: Any, keys: list[str]) -> list[Any]:
    found = list(rows)
    if len(found) != len(keys):
        raise FixtureError(f"one of these is not known: {', '.join(keys)}")
    return found


def _load_rows(plan: Plan, folder: Path) -> int:
    organisation = by_key(Organisation.objects.all(), "key")
    scheme = _scheme_lookup(plan)
    line = by_key(SpendLine.objects.filter(plan=plan), "ref")
    files: list[tuple[type, str, dict[str, Lookup]]] = [
        (Contribution, "contributions.csv", {"contributor": organisation}),
        (Requirement, "requirements.csv", {}),
        (Scheme, "schemes.csv", {"parent": scheme, "lead_commissioner": organisation}),
        (
            SpendLine,
            "spend_lines.csv",
            {"scheme": scheme, "provider": organisation, "breaks_down": line},
        ),
    ]
    saved = sum(
        load_file(folder / name, model, lookups=lookups, scope={"plan": plan})
        for model, name, lookups in files
    )
    return saved + sum(load(plan, folder) for load in OF_PLANS)


def _scheme_lookup(plan: Plan) -> Lookup:
    """A scheme by `2b` in this plan, or by `plan-slug:T1` in another."""
    own = by_key(Scheme.objects.filter(plan=plan), "reference")

    def find(key: str) -> Any:
        slug, colon, reference = key.rpartition(":")
        if not colon:
            return own(key)
        return by_key(Scheme.objects.filter(plan__slug=slug), "reference")(reference)

    return find

"""What a plan's cycle offers to its rows, and the refusal of what it does not offer.

A row that was saved before its cycle's definition changed keeps what it has: a value that is
stored already is no reason to refuse another change of the row.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from bcf.base.sentences import not_offered, one_of, quoted
from bcf.periods import FinancialYear
from plans.cycle_definitions import Choice
from plans.models.dated import bodies_refused
from plans.successions import Lifetime

YEARS_OF_PLAN = "the years of the plan, {}"


def is_stored(row: Any, *names: str) -> bool:
    """Whether the row's values of these fields are those in the database."""
    if row.pk is None:
        return False
    same = {"pk": row.pk, **{name: getattr(row, name) for name in names}}
    return bool(type(row)._base_manager.filter(**same).exists())


def require_year(row: Any) -> dict[str, str]:
    """An error where the row's year is stated but lies outside its plan's cycle."""
    year = row.financial_year
    years = row.plan.years
    if not isinstance(year, FinancialYear) or year in years or is_stored(row, "financial_year"):
        return {}
    covered = ", ".join(str(each) for each in years)
    return {
        "financial_year": f"{year} lies outside this plan’s cycle, {row.plan.cycle.key}. "
        f"Choose a financial year of it ({covered}), or “not stated”."
    }


def require_choice(
    row: Any, name: str, choices: Sequence[Choice], what: str = ""
) -> dict[str, str]:
    """An error where the row's key is none of the cycle's; `what` is what a choice is called."""
    key = getattr(row, name)
    if not key or key in {choice.key for choice in choices} or is_stored(row, name):
        return {}
    what = what or name.replace("_", " ")
    labels = [choice.label for choice in choices]
    return {name: not_offered(key, what, row.plan.cycle.key, labels)}


def require_part(
    row: Any, name: str, of: str, wholes: Iterable[Any], *, parts: str, what: str
) -> dict[str, str]:
    """An error where the row's key is none of the parts of the choice that `of` holds.

    `parts` names the parts of one of `wholes`, such as `sub_sources`, and `what` one of them.
    """
    key = getattr(row, name)
    whole = next((each for each in wholes if each.key == getattr(row, of)), None)
    own = getattr(whole, parts) if whole else ()
    if not key or key in {part.key for part in own} or is_stored(row, name):
        return {}
    elsewhere = {
        each.label: part.label
        for each in wholes
        for part in getattr(each, parts)
        if part.key == key
    }
    typed = quoted(next(iter(elsewhere.values()), key))
    belongs = f" It belongs to {'; '.join(elsewhere)}." if elsewhere else ""
    if whole is None:
        why = f"{typed} is no {what} of what is chosen here.{belongs}"
        return {name: f"{why} Choose that, or leave the {what} empty."}
    why = f"{typed} is no {what} of {whole.label}{'' if own else ', which has none'}.{belongs}"
    remedy = one_of([part.label for part in own]) if own else "Leave it empty."
    return {name: f"{why} {remedy}"}


def years_of(plan: Any) -> tuple[Lifetime, str]:
    """The years that a plan covers, and the words for them."""
    years = plan.cycle.years
    named = " and ".join(year.label for year in years)
    return Lifetime.of_years(years), YEARS_OF_PLAN.format(named)


def year_of(row: Any) -> tuple[Lifetime, str]:
    """The year of a row, and the words for it; where none is stated, the years of its plan."""
    year = row.financial_year
    if isinstance(year, FinancialYear):
        return Lifetime.of_years([year]), year.label
    return years_of(row.plan)


def require_existing(
    row: Any, name: str, when: Lifetime, words: str, *along: str
) -> dict[str, str]:
    """An error where the row names a body that did not exist then, with whom to choose.

    `along` are the fields that say when; a body that is stored with these stays.
    """
    body = getattr(row, name)
    if body is None or body.lifetime.meets(when) or is_stored(row, name, *along):
        return {}
    return {name: bodies_refused([body], when, words)}

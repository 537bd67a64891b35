"""What an event of an agreement changed, in words."""

from collections.abc import Mapping
from dataclasses import dataclass

from bcf.assurance.figures import Choice
from bcf.money import format_pounds
from bcf.periods import FinancialYear
from governance.rules import Terms


@dataclass(frozen=True)
class Changed:
    """One thing that an event changed, in words: what, and from what to what."""

    what: str
    before: str
    after: str


def changes_of(
    before: Terms, after: Terms, names: Mapping[str, Choice], arrangements: Mapping[str, str]
) -> tuple[Changed, ...]:
    """What changed from some terms to others; organisations and arrangements by their keys."""

    def parties(terms: Terms) -> str:
        return ", ".join(names.get(key, Choice(key, key)).label for key in terms.parties) or "none"

    def amount(terms: Terms, year: FinancialYear) -> str:
        return format_pounds(terms.pooled.get(year))

    years = sorted({*before.pooled, *after.pooled})
    every = [
        Changed("End", before.end_label, after.end_label),
        Changed(
            "Arrangement",
            arrangements.get(before.arrangement, "not stated"),
            arrangements.get(after.arrangement, "not stated"),
        ),
        Changed("Parties", parties(before), parties(after)),
        *(
            Changed(f"Pooled fund {year.label}", amount(before, year), amount(after, year))
            for year in years
        ),
    ]
    return tuple(each for each in every if each.before != each.after)

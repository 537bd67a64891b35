"""Whom and what a plan names."""

from bcf.assurance.figures import Choice
from bcf.assurance.named import (
    Document,
    Named,
    NamedScheme,
    Signature,
    boards_counted,
    partners,
    schemes_at,
    signatories,
)
from bcf.base.worked import RowRef

ROW = RowRef("plans.plan", "a", "a", "A")
NORTH, SOUTH = Choice("north", "North"), Choice("south", "South")
NAMED = Named(
    boards=(NORTH, SOUTH),
    councils=(NORTH, SOUTH),
    commissioners=(Choice("nhs", "NHS"),),
    schemes=(
        NamedScheme("S1", "2c Group A; Appendix B", ROW),
        NamedScheme("S2", "Appendix B", ROW),
        NamedScheme("S3", "2cd", ROW),
    ),
    signatures=(
        Signature("council", "Ann Example", ROW),
        Signature("board", "Ann Example", ROW),
        Signature("nhs-commissioner", "Bob Example", ROW),
        Signature("nhs-commissioner", "", ROW),
    ),
    documents=(Document("D1", "A paper", ROW),),
    row=ROW,
)


def test_partners_are_councils_and_commissioners() -> None:
    figure = partners(NAMED)
    assert (figure.rounded(), figure.how) == (3, "2 councils + 1 NHS commissioner")


def test_who_signs_in_two_roles_signs_once() -> None:
    assert signatories(NAMED) == ["Ann Example", "Bob Example"]


def test_schemes_are_found_by_their_section_and_by_no_other_that_begins_like_it() -> None:
    assert [each.reference for each in schemes_at(NAMED, "2c")] == ["S1"]
    assert [each.reference for each in schemes_at(NAMED, "Appendix B")] == ["S1", "S2"]


def test_areas_are_counted() -> None:
    assert boards_counted(NAMED).words == "2 areas"

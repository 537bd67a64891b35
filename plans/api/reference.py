"""Collections of what all plans share, and of the plans themselves."""

from bcf.base.api import kinds
from bcf.base.api.columns import Column
from plans.api.building import by_slug, collection_of
from plans.cycle_definitions import FORM_KINDS, WORDS, definition, form_kind
from plans.models import Board, Cycle, Organisation, Plan
from plans.scopes import PLANS as PLAN_SCOPE
from plans.scopes import REFERENCE


def _kind(cycle: str, template_version: str) -> str:
    """The kind of a plan's form."""
    return form_kind(definition(cycle), template_version)


BOARDS = collection_of(
    "boards",
    Board,
    scope=REFERENCE,
    one="A Health and Wellbeing Board.",
    told="Health and Wellbeing Boards, one to an upper-tier local authority area.",
    about={
        "slug": "The board’s name in addresses and files, such as barnet.",
        "name": "The board’s name.",
        "ons_code": "The newest code of the area by the Office for National Statistics.",
        "authority": "The local authority, by its key.",
        "valid_from": "The first day on which the board existed; null where it is not known.",
        "valid_to": "The last such day; null while there is none.",
        "succeeded_by": "The boards that came after it, by their slugs.",
    },
    worked=(
        Column(
            "codes",
            kinds.TEXT,
            "The codes of the area by the Office for National Statistics at any time; `ons_code` "
            "is the newest.",
            "codes__ons_code",
            link="codes",
        ),
    ),
    row_key=by_slug("board"),
    order=("slug",),
)
ORGANISATIONS = collection_of(
    "organisations",
    Organisation,
    scope=REFERENCE,
    one="A council, an NHS body or another body.",
    told="Councils, NHS bodies and others that take part in plans; codes and names hold between "
    "two dates.",
    about={
        "key": "The organisation’s name in addresses and files.",
        "name": "The organisation’s name.",
        "kind": "What sort of body it is.",
        "ods_code": "Its code in the Organisation Data Service of the NHS.",
        "ons_code": "Its code by the Office for National Statistics.",
        "valid_from": "The first day on which it existed under this name and code.",
        "valid_to": "The last such day; null while there is none.",
        "succeeded_by": "The organisations that came after it, by their keys.",
    },
    row_key=by_slug("organisation", "key"),
    order=("key",),
)
CYCLES = collection_of(
    "cycles",
    Cycle,
    scope=REFERENCE,
    one="A planning round.",
    told="Planning rounds of the Better Care Fund, such as 2014-16.",
    about={
        "key": "The cycle’s key, such as 2014-16.",
        "name": "The cycle’s name.",
        "first_year": "The first financial year that its plans cover.",
        "last_year": "The last financial year that its plans cover.",
    },
    row_key=by_slug("cycle", "key"),
    order=("key",),
)
PLANS = collection_of(
    "plans",
    Plan,
    scope=PLAN_SCOPE,
    one="A plan of one board or several for a cycle.",
    told="Plans that you may read: all from submitted on, and drafts of your own boards.",
    about={
        "slug": "The plan’s name in addresses and files, such as barnet-2014-16.",
        "title": "The plan’s title.",
        "cycle": "The cycle that it is for, by its key.",
        "template_version": "The version of the cycle’s template that it was written on.",
        "part_of": "The joint plan that it is a part of, by its slug.",
        "attached_to": "The plan that this supplement adds to or this refresh takes the place of, "
        "by its slug. The money of each is its own, and in no total of the other.",
        "status": "How far the plan has come.",
        "agreed_on": "The day on which the board agreed it.",
        "agreed_in_words": "The agreement in the plan’s words.",
        "submitted_in_words": "The dates of submission in the plan’s words.",
        "boundary_note": "How the areas of its partners differ.",
        "boards": "The boards whose plan it is, by their slugs; a joint plan has several.",
        "commissioners": "The NHS commissioners that take part, by their keys.",
    },
    worked=(
        Column(
            "form_kind",
            kinds.CHOICE,
            "What it is by its form. A supplement adds to its plan, and a refresh takes the place "
            "of one for its years from the day it is submitted: money of both is not added up.",
            choices=tuple((each, WORDS[each].noun) for each in FORM_KINDS),
            needs=("cycle__key", "template_version"),
            worked=_kind,
            unfiltered="Filter by `attached_to`, or by `template_version`.",
        ),
    ),
    row_key=by_slug("plan"),
    order=("slug",),
)

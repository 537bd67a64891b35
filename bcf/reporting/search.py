"""Finding plans and boards by words."""

import re

from django.db.models import Q, QuerySet

from plans.models import Board, BoardCode, Plan


def _words(typed: str) -> list[str]:
    """The words to look for: `2014/15` as `2014-15`, and neither `&` nor `and`."""
    plain = re.sub(r"(?<=\d)[/\u2013\u2014](?=\d)", "-", typed.replace("\0", " "))
    return [word for word in plain.split() if word.lower() not in ("&", "and")]


def find_plans(plans: QuerySet[Plan], words: str) -> QuerySet[Plan]:
    """Plans in which every word occurs: in the title, the cycle, a board or a commissioner."""
    for word in _words(words):
        plans = plans.filter(
            Q(title__icontains=word)
            | Q(cycle__key__icontains=word)
            | Q(cycle__first_year__icontains=word)
            | Q(cycle__last_year__icontains=word)
            | Q(pk__in=Plan.objects.filter(boards__name__icontains=word).values("pk"))
            | Q(pk__in=Plan.objects.filter(commissioners__name__icontains=word).values("pk"))
        )
    return plans.prefetch_related("boards")


def find_boards(boards: QuerySet[Board], words: str) -> QuerySet[Board]:
    """Boards in which every word occurs: in the name, the authority or an ONS code of any time."""
    for word in _words(words):
        boards = boards.filter(
            Q(name__icontains=word)
            | Q(authority__name__icontains=word)
            | Q(ons_code__iexact=word)
            | Q(pk__in=BoardCode.objects.filter(ons_code__iexact=word).values("board"))
        )
    return boards.select_related("authority")

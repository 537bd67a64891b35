"""The dates of a board's agreements as a calendar file, which programs subscribe to."""

from django.http.response import HttpResponseBase
from rest_framework.request import Request

from bcf.accounts.authentication import CalendarAuthentication
from bcf.base.api.access import SessionAuthentication
from bcf.base.api.views import ReadView
from bcf.files.ical import MEDIA_TYPE, write_calendar
from bcf.reporting.agreements.calendar.days import days_of, marked, read_agreements
from plans.queries import board_for


class BoardCalendar(ReadView):
    """Asked for by a token for calendars in the address, or by who is signed in.

    It refuses as the API does, and is asked no oftener.
    """

    authentication_classes = (CalendarAuthentication, SessionAuthentication)

    def get(self, request: Request, slug: str) -> HttpResponseBase:
        board = board_for(slug)
        agreements, changed = read_agreements(request.user, board)
        site = f"{request.scheme}://{request.get_host()}"
        days = marked(days_of(agreements), changed, board, site)
        headers = {
            "Content-Disposition": f'inline; filename="{slug}-agreements.ics"',
            # The address holds the token.
            "Referrer-Policy": "no-referrer",
        }
        content = write_calendar(f"Agreements: {board.name}", days)
        return self.answer(request, content, MEDIA_TYPE, headers)

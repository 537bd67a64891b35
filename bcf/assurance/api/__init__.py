"""What the API tells of a plan as a whole: its summary, its checks and its history."""

from bcf.assurance.api.views import ChecksView, HistoryView, SummaryView

__all__ = ["ChecksView", "HistoryView", "SummaryView"]

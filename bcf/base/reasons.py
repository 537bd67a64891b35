"""Why rows change: a reason that every history record made meanwhile carries."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

LONGEST = 100
_reason: ContextVar[str] = ContextVar("reason", default="")


@contextmanager
def because(reason: str) -> Iterator[None]:
    """Give every history record made within this block the reason, cascades and links too."""
    token = _reason.set(reason[:LONGEST])
    try:
        yield
    finally:
        _reason.reset(token)


def reason_now() -> str:
    """The reason under which rows change at this moment; empty for an edit of one row."""
    return _reason.get()


def say_why(sender: Any, history_instance: Any, **_: Any) -> None:
    """Write the reason into a history record that has none; called before it is saved."""
    if not history_instance.history_change_reason:
        history_instance.history_change_reason = reason_now() or None

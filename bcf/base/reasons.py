"""Why rows change: a reason that every history record made meanwhile carries, and who gave it."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

LONGEST = 100
_reason: ContextVar[str] = ContextVar("reason", default="")
_person: ContextVar[Any] = ContextVar("person", default=None)


@contextmanager
def because(reason: str, *, by: Any = None) -> Iterator[None]:
    """Give every history record made within this block the reason, cascades and links too.

    `by` is the person of records that know none, as where no request is being answered.
    """
    tokens = _reason.set(reason[:LONGEST]), _person.set(by)
    try:
        yield
    finally:
        _reason.reset(tokens[0])
        _person.reset(tokens[1])


def reason_now() -> str:
    """The reason under which rows change at this moment; empty for an edit of one row."""
    return _reason.get()


def person_now() -> Any:
    """The person of records that know none themselves; None outside of such a block."""
    return _person.get()


def say_why(sender: Any, history_instance: Any, **_: Any) -> None:
    """Write the reason and the person into a record that has none; called before it is saved."""
    if not history_instance.history_change_reason:
        history_instance.history_change_reason = reason_now() or None
    if history_instance.history_user_id is None:
        history_instance.history_user = person_now()

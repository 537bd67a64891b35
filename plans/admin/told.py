"""What is said after an act: what was done, with the way to look at it and to undo it."""

from typing import Any

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from plans.models import ChangeSet

_TEXT = '{}. <a href="{}">Look at what changed, or undo it</a>.'


def told(act: ChangeSet, words: Any = "") -> SafeString:
    """The act in `words`, or in its own."""
    return format_html(_TEXT, words or act.words, reverse("change-set", args=[act.ref]))

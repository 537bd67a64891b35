"""Filters of lists by what a row says: keys of its cycle, values, rows that it points at."""

from collections.abc import Callable, Iterable
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db.models import Count, Exists, OuterRef, Q

from plans.admin.narrowing import MOST_CHOICES, NONE, NOT_STATED, NOTHING, Choices, Narrowing
from plans.cycle_definitions import Choice, CycleDefinition

Entries = Callable[[CycleDefinition], Iterable[Choice]]


def cycle_filter(field: str, title: str, entries: Entries, name: str = "") -> type[Narrowing]:
    """By a key of the cycle's definition, in the cycle's words."""
    made = {
        "field": field,
        "title": title,
        "parameter_name": name or field,
        "entries": staticmethod(entries),
    }
    return type("EntryFilter", (_EntryFilter,), made)


class _EntryFilter(Narrowing):
    field: ClassVar[str]
    entries: ClassVar[Any]

    def offer(self) -> Choices:
        cycles = self.reach.definitions
        words = {each.key: each.label for cycle in cycles for each in self.entries(cycle)}
        blank = self.model._meta.get_field(self.field).blank
        if self.model_admin.is_large and self.reach.few is None:
            return [*words.items(), *([(NONE, NOT_STATED)] if blank else [])]
        found = _values(self, self.field)
        known = [(key, label) for key, label in words.items() if key in found]
        others = [(key, key) for key in found if key and key not in words]
        return [*known, *others, *([(NONE, NOT_STATED)] if "" in found else [])]

    def condition(self, value: str) -> Q:
        return Q(**{self.field: "" if value == NONE else value})


def _values(each: Narrowing, field: str) -> list[Any]:
    """The values of a field that occur, among rows of few plans where the list is large."""
    rows = each.rows
    if each.model_admin.is_large:
        rows = rows.filter(**{f"{each.model_admin.plan_path}__in": each.reach.few or []})
    return list(rows.values_list(field, flat=True).distinct().order_by(field))


def value_filter(
    field: str, title: str = "", words: Callable[[Any], str] | None = None, name: str = ""
) -> type[Narrowing]:
    """By the values of a field that occur, in the words of its choices where it has them.

    A large list offers all choices of the field, as yes and no; one without choices, those of a
    few plans.
    """
    made = {"field": field, "parameter_name": name or field, "words": staticmethod(words or str)}
    return type("ValueFilter", (_ValueFilter,), made | {"title": title or field.replace("_", " ")})


class _ValueFilter(Narrowing):
    field: ClassVar[str]
    words: ClassVar[Any]

    def offer(self) -> Choices:
        choices: dict[Any, Any] = dict(self.model._meta.get_field(self.field).flatchoices)
        if self.model_admin.is_large and choices:
            blank = [(NONE, NOT_STATED)] if self.model._meta.get_field(self.field).blank else []
            return [*((str(key), str(label)) for key, label in choices.items() if key), *blank]
        if self.model_admin.is_large and self._is_yes_or_no:
            return [("yes", "Yes"), ("no", "No")]
        if self.model_admin.is_large and self.reach.few is None:
            return []
        found = _values(self, self.field)
        ordered = [key for key in choices if key in found]
        ordered += [each for each in found if each not in choices and each not in ("", None)]
        offered = [
            (self._key(each), str(choices.get(each) or self._label(each))) for each in ordered
        ]
        return [*offered, *([(NONE, NOT_STATED)] if {"", None} & set(found) else [])]

    @property
    def _is_yes_or_no(self) -> bool:
        kind: str = self.model._meta.get_field(self.field).get_internal_type()
        return kind == "BooleanField"

    def _label(self, value: Any) -> str:
        if isinstance(value, bool):
            return "Yes" if value else "No"
        return str(self.words(value))

    @staticmethod
    def _key(value: Any) -> str:
        return {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value)

    def condition(self, value: str) -> Q:
        field = self.model._meta.get_field(self.field)
        if value == NONE:
            empty = Q(**{f"{self.field}__isnull": True})
            return empty if field.empty_strings_allowed is False else empty | Q(**{self.field: ""})
        if self._is_yes_or_no:
            return Q(**{self.field: value == "yes"}) if value in ("yes", "no") else NOTHING
        try:
            return Q(**{self.field: field.to_python(value)})
        except ValidationError:
            return NOTHING


def related_filter(field: str, title: str = "", name: str = "") -> type[Narrowing]:
    """By a row that rows of the list point at, named as it names itself."""
    made = {"field": field, "parameter_name": name or field}
    title = title or field.replace("_", " ")
    return type("RelatedFilter", (_RelatedFilter,), made | {"title": title})


class _RelatedFilter(Narrowing):
    field: ClassVar[str]

    def offer(self) -> Choices:
        related: Any = self.model._meta.get_field(self.field).related_model
        pointed_at = Exists(self.rows.filter(**{self.field: OuterRef("pk")}))
        found = related._base_manager.filter(pointed_at).order_by(*related._meta.ordering)
        some = list(found[: MOST_CHOICES + 1])
        if len(some) > MOST_CHOICES:
            self.hint = f"More than {MOST_CHOICES}: search by name instead."
            return []
        return [(str(each.pk), str(each)) for each in some]

    def condition(self, value: str) -> Q:
        if not value.isdecimal() or len(value) > 18:
            return NOTHING
        if self.model._meta.get_field(self.field).many_to_many:
            rows = self.model._base_manager.filter(**{self.field: value})
            return Q(pk__in=rows.values("pk"))
        return Q(**{self.field: value})


def kinds_filter(name: str, title: str, kinds: dict[str, tuple[str, Q]]) -> type[Narrowing]:
    """By conditions with words of their own; of a list that is not large, those that occur."""
    return type(
        "KindsFilter", (_KindsFilter,), {"parameter_name": name, "title": title, "kinds": kinds}
    )


class _KindsFilter(Narrowing):
    kinds: ClassVar[dict[str, tuple[str, Q]]]

    def offer(self) -> Choices:
        labels = [(key, label) for key, (label, _) in self.kinds.items()]
        if self.model_admin.is_large and self.reach.few is None:
            return labels
        counted = {key: Count("pk", filter=condition) for key, (_, condition) in self.kinds.items()}
        found = self.rows.aggregate(**counted)
        return [(key, label) for key, label in labels if found[key]]

    def condition(self, value: str) -> Q:
        return self.kinds[value][1] if value in self.kinds else NOTHING


def stated_filter(field: str, title: str, yes: str, no: str) -> type[Narrowing]:
    """By whether a date or another field that may be empty is filled in."""
    is_empty = f"{field}__isnull"
    return kinds_filter(
        field, title, {"yes": (yes, Q(**{is_empty: False})), "no": (no, Q(**{is_empty: True}))}
    )

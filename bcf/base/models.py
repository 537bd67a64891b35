"""Abstract models: rows with a version, a history and a readable reference, and their source."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any, ClassVar

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models, router, transaction

from bcf.base.constraints import field_of
from bcf.base.published import (
    Citation,
    PrintedUnit,
    Qualifier,
    citation_of,
    differs_from_print,
    printed_pounds,
)
from bcf.base.records import Records
from bcf.base.refs import free_ref
from bcf.base.sentences import word_row_errors


class RowChanged(Exception):
    """The row was changed by somebody else after it was read; nothing was saved."""


def kept_as_stored(name: str) -> str:
    """Where a row keeps what a foreign key points at while many rows are checked."""
    return f"_stored_{name}"


class RowFixed(Exception):
    """A part of a row that never changes, such as its plan, would have been changed."""


class Versioned(models.Model):
    """A row that is checked whenever it is saved, counts its versions and keeps its history.

    `save()` raises `ValidationError` where `clean()` or a constraint objects, `RowChanged`
    where the row is no longer the one that was read, and `RowFixed` where one of `FIXED`
    differs from what is stored. `MENDED_BY` names the field beside which the refusal of a
    constraint about several fields stands, by the constraint's name.
    """

    FIXED: ClassVar[tuple[str, ...]] = ()
    # Rows that `clean()` reads: where many rows are checked, these are read for all at once.
    CHECKED_WITH: ClassVar[tuple[str, ...]] = ()
    MENDED_BY: ClassVar[dict[str, str]] = {}
    # Foreign keys of which `clean()` asks for `as_stored()`; read for all at once as well.
    CHECKED_AS_STORED: ClassVar[tuple[str, ...]] = ()

    version = models.PositiveIntegerField(default=1, editable=False)
    history = Records(inherit=True)

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        with transaction.atomic():
            if self._state.adding:
                self.prepare()
            else:
                self._hold_stored_row()
            self.full_clean()
            version = self.version
            if not self._state.adding:
                self.version += 1
            try:
                super().save(*args, **kwargs)
            except BaseException:
                self.version = version
                raise

    def prepare(self) -> None:
        """Fill what a new row makes for itself before it is checked."""

    def full_clean(self, *args: Any, **kwargs: Any) -> None:
        """Raises `ValidationError` with sentences that name the fields."""
        try:
            super().full_clean(*args, **kwargs)
        except ValidationError as error:
            raise word_row_errors(self, error) from None

    def validate_constraints(self, exclude: Any = None) -> None:
        """Raises `ValidationError`: at the field, where a constraint is about one alone."""
        using = router.db_for_write(type(self), instance=self)
        errors: dict[str, list[ValidationError]] = {}
        for model, constraints in self.get_constraints():
            for constraint in constraints:
                try:
                    constraint.validate(model, self, exclude=exclude, using=using)
                except ValidationError as error:
                    name = self.MENDED_BY.get(constraint.name) or field_of(constraint, self.FIXED)
                    name = name or NON_FIELD_ERRORS
                    errors.setdefault(name, []).extend(error.error_list)
        if errors:
            raise ValidationError(errors)

    def as_stored(self, name: str) -> Any:
        """The row that a foreign key points at as the database has it now, or None.

        The one in memory may be older than a change of it in the same table of rows.
        """
        attribute = kept_as_stored(name)
        if attribute in self.__dict__:
            return self.__dict__[attribute]
        field = self._meta.get_field(name)
        number = getattr(self, f"{name}_id")
        return number and field.related_model._base_manager.filter(pk=number).first()  # type: ignore[union-attr]

    def _hold_stored_row(self) -> None:
        """Lock the stored row and compare it with this one."""
        stored = (
            type(self)
            ._base_manager.select_for_update()
            .order_by()  # an ordering by a related row would join, and a join cannot be locked
            .filter(pk=self.pk)
            .values("version", *self.FIXED)
            .first()
        )
        if stored is None or stored.pop("version") != self.version:
            raise RowChanged(f"{self} was changed or removed by somebody else.")
        for name, value in stored.items():
            if getattr(self, name) != value:
                raise RowFixed(f"The {name.removesuffix('_id')} of {self} never changes.")


class Row(Versioned):
    """A row that is named in addresses, files and the API by a readable `ref`.

    The ref is made once, from `natural_key_parts()`, unique among the rows of one `ref_scope()`.
    """

    REF_SCOPE: ClassVar[tuple[str, ...]] = ("plan_id",)
    FIXED: ClassVar[tuple[str, ...]] = ("ref", "plan_id")

    ref = models.SlugField(max_length=100, editable=False)

    class Meta:
        abstract = True

    def natural_key_parts(self) -> Iterable[object]:
        """What tells this row from the others in its scope, most general first."""
        return [self.pk]

    def ref_scope(self) -> dict[str, Any]:
        """What the rows share among which the ref is unique, by column."""
        return {name: getattr(self, name) for name in self.REF_SCOPE}

    def prepare(self) -> None:
        if not self.ref:
            taken = type(self)._base_manager.filter(**self.ref_scope())
            self.ref = free_ref(
                self.natural_key_parts(),
                lambda stem: taken.filter(ref__startswith=stem).values_list("ref", flat=True),
            )


class Cited(models.Model):
    """A row that a document states: which document, of what date, at which place in it."""

    citation_title = models.CharField("document", max_length=300, blank=True)
    citation_date = models.DateField("date of the document", null=True, blank=True)
    citation_place = models.CharField("place in the document", max_length=200, blank=True)

    class Meta:
        abstract = True

    @property
    def citation(self) -> Citation | None:
        """Where the row comes from; None when it was entered here and not taken from print."""
        return citation_of(self.citation_title, self.citation_date, self.citation_place)


class Published(Cited):
    """A figure that a document prints, kept as printed beside the amount that it means."""

    printed = models.CharField("figure as printed", max_length=60, blank=True)
    printed_unit = models.CharField(max_length=20, blank=True, choices=PrintedUnit.choices)
    rounded_to = models.DecimalField(
        "rounded to", max_digits=14, decimal_places=4, null=True, blank=True
    )
    qualifier = models.CharField(max_length=10, blank=True, choices=Qualifier.choices)
    unit_meant = models.CharField(
        "unit meant, where the printed one is wrong",
        max_length=20,
        blank=True,
        choices=PrintedUnit.choices,
    )
    unit_ground = models.CharField("ground for the unit meant", max_length=300, blank=True)

    class Meta:
        abstract = True

    @property
    def printed_amount(self) -> Decimal | None:
        """The printed figure in pounds, by the unit meant; None when nothing is printed."""
        return printed_pounds(self.printed, self.unit_meant or self.printed_unit)

    def differs_from_print(self, amount: Decimal | None) -> bool:
        """Whether the amount was changed here from what the document prints."""
        return differs_from_print(amount, self.printed, self.unit_meant or self.printed_unit)

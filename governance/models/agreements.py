"""Section 75 agreements and others beside them, as a tree of agreements and schedules."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

from bcf.base.fields import PartialDateField
from bcf.base.models import Cited, Versioned
from governance.choices import AgreementKind, Arrangement, ClientGroup
from governance.models.placed import ends_after_start
from plans.models import Board, Organisation, Plan
from plans.models.offered import years_of
from plans.successions import Lifetime
from schemes.models import Scheme


class Agreement(Cited, Versioned):
    """An agreement between a council and NHS bodies, mostly under section 75.

    Section 75 of the National Health Service Act 2006 lets them pool funds, commission for each
    other and provide together. An agreement with a plan is read as the plan is; one without is
    read by everyone signed in.
    """

    FIXED = ("slug", "plan_id")
    MENDED_BY = {
        "agreement_not_schedule_of_itself": "parent",
        "agreement_ends_after_it_starts": "ends",
        "agreement_open_ended_has_no_end": "ends",
    }

    slug = models.SlugField(
        max_length=80, unique=True, help_text="Names the agreement in addresses and files."
    )
    title = models.CharField(max_length=300)
    other_titles = models.TextField(
        blank=True, help_text="Other names under which it is printed, one a line."
    )
    kind = models.CharField(max_length=12, choices=AgreementKind.choices)
    is_section_75 = models.BooleanField("under section 75", default=True)
    parent = models.ForeignKey(
        "self",
        verbose_name="schedule of",
        on_delete=models.PROTECT,
        related_name="schedules",
        null=True,
        blank=True,
    )
    plan = models.ForeignKey(
        Plan,
        verbose_name="carried by the plan",
        on_delete=models.PROTECT,
        related_name="agreements",
        null=True,
        blank=True,
    )
    boards: models.ManyToManyField = models.ManyToManyField(Board, related_name="agreements")
    parties: models.ManyToManyField = models.ManyToManyField(
        Organisation, related_name="agreements", blank=True
    )
    host = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        related_name="hosted_agreements",
        null=True,
        blank=True,
    )
    pooled_fund_manager = models.CharField(max_length=200, blank=True)
    client_group = models.CharField(max_length=10, choices=ClientGroup.choices, blank=True)
    arrangement = models.CharField(max_length=20, choices=Arrangement.choices, blank=True)
    purpose = models.TextField("aims and purpose", blank=True)
    contributions_varied = models.TextField("how contributions may be varied", blank=True)
    functions = models.TextField("NHS and health-related functions covered", blank=True)
    services = models.TextField("people and kinds of services covered", blank=True)
    resources = models.TextField(
        "staff, goods, services and accommodation that the partners provide", blank=True
    )
    management = models.TextField("how the fund is managed and monitored", blank=True)
    ending = models.TextField("how it is reviewed, varied and ended", blank=True)
    starts = PartialDateField("starts")
    ends = PartialDateField("ends")
    is_open_ended = models.BooleanField("has no end", default=False)
    term_in_words = models.CharField("term, in words", max_length=200, blank=True)
    review = PartialDateField("review due")
    notice = PartialDateField("notice given")
    notice_months = models.PositiveSmallIntegerField(
        "notice period (months)", null=True, blank=True
    )
    schemes: models.ManyToManyField = models.ManyToManyField(
        Scheme, verbose_name="schemes that it carries", related_name="agreements", blank=True
    )
    _history_m2m_fields = (boards, parties, schemes)

    class Meta:
        ordering = ("title",)
        constraints = (
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | ~Q(parent=F("id")),
                name="agreement_not_schedule_of_itself",
                violation_error_message=(
                    "An agreement cannot be a schedule of itself. Choose another agreement, "
                    "or none."
                ),
            ),
            ends_after_start("agreement"),
            models.CheckConstraint(
                condition=Q(is_open_ended=False) | Q(ends=""),
                name="agreement_open_ended_has_no_end",
                violation_error_message=(
                    "An agreement that has no end cannot have a date of its end. "
                    "Clear one of the two."
                ),
            ),
        )

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        if self.parent_id == self.pk:
            return  # the constraint says it
        above = self.parent
        seen: set[int] = set()
        while above is not None and above.pk not in seen:
            if above.pk == self.pk and self.pk is not None:
                raise ValidationError({"parent": f"{self.parent} is itself under this agreement."})
            seen.add(above.pk)
            above = above.parent

    @property
    def runs(self) -> tuple[Lifetime, str]:
        """The days for which it runs, and the words for them.

        Where no date is stated these are the years of the plan that carries it, or any day.
        """
        if self.plan and not self.starts and not self.ends:
            return years_of(self.plan)
        first = self.starts.first_day if self.starts else None
        last = self.ends.last_day if self.ends else None
        return Lifetime(first, last), f"the agreement’s term, {self.term}"

    @property
    def term(self) -> str:
        """`April 2017 to March 2021`, `August 2013, with no end`; what is unknown is said so."""
        if not self.starts and not self.ends and not self.is_open_ended:
            return "not stated"
        start = self.starts.label if self.starts else "start not stated"
        if self.is_open_ended:
            return f"{start}, with no end"
        return f"{start} to {self.ends.label}" if self.ends else f"{start}, end not stated"

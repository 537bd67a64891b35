"""Lists of who agreed, under which agreement, at what risk, and what was printed."""

from datetime import date
from typing import Any

from bcf.money import format_pounds
from bcf.reporting.lists.base import Filter, RowList, Shown, year_words
from bcf.ui.tables import Cell
from governance.choices import SignOffRole
from governance.models import (
    Body,
    ConditionResponse,
    MaturityAssessment,
    PrintedFigure,
    ProviderCommentary,
    Risk,
    RiskShare,
    RiskShareTerm,
    SignOff,
)
from governance.queries import (
    placed_visible_to,
    requirements_last,
    risk_shares_visible_to,
)
from plans.models import Answer, OwnHeading, RelatedDocument


def day(value: date | None) -> str:
    """`18 September 2014`; empty where there is no date."""
    return f"{value.day} {value:%B %Y}" if value else ""


def _names(rows: Any) -> str:
    return ", ".join(str(row) for row in rows.all())


CONDITIONS = RowList(
    key="conditions",
    heading="National conditions and planning requirements",
    empty="No national condition and no planning requirement is answered yet.",
    rows=lambda plans: requirements_last(
        ConditionResponse.objects.filter(plan__in=plans).select_related("plan__cycle")
    ),
    columns=(
        Shown("Condition or requirement", lambda row: row.condition_label),
        Shown("Kind", lambda row: row.kind_label),
        Shown("Status", lambda row: row.get_status_display()),
        Shown("In the plan’s words", lambda row: row.status_in_words),
        Shown("Response", lambda row: row.text),
        Shown("Action", lambda row: row.action),
        Shown("Due", lambda row: row.due_words),
    ),
    search=("condition", "text", "status_in_words"),
    inherits=True,
)

ANSWERS = RowList(
    key="answers",
    heading="Answers to the template’s questions",
    empty="No question of the planning template is answered yet.",
    rows=lambda plans: (
        Answer.objects.filter(plan__in=plans).select_related("plan__cycle").order_by("plan", "pk")
    ),
    columns=(
        Shown("Question", lambda row: row.question_heading),
        Shown("Answer", lambda row: row.text),
        Shown("Status", lambda row: row.status_in_words),
        Shown("Due", lambda row: row.due and row.due.label),
    ),
    search=("question", "text"),
    inherits=True,
)


def _shown_there(row: OwnHeading) -> str:
    """What the document puts under the heading beside its own text."""
    questions = row.plan.cycle.definition.questions
    shown = [f"Answer: {each.label}" for each in questions if each.key == row.question]
    if row.block:
        shown.append(row.block_label)
    return "; ".join(shown) or "Words only"


OWN_HEADINGS = RowList(
    key="own-headings",
    heading="Headings of the plan’s own",
    empty="The plan keeps to the headings of its template.",
    rows=lambda plans: (
        OwnHeading.objects.filter(plan__in=plans)
        .select_related("plan__cycle")
        .order_by("plan", "order")
    ),
    columns=(
        Shown("Heading", str),
        Shown("What it covers", lambda row: row.covers),
        Shown("Text", lambda row: row.text),
        Shown("Shown there", _shown_there),
    ),
    search=("number", "heading", "covers", "text"),
    inherits=True,
)

RELATED_DOCUMENTS = RowList(
    key="related-documents",
    heading="Related documents",
    empty="No related document is named yet.",
    rows=lambda plans: RelatedDocument.objects.filter(plan__in=plans),
    columns=(
        Shown("Document", lambda row: row.title),
        Shown("Reference", lambda row: row.printed_ref),
        Shown("What it says", lambda row: row.synopsis),
    ),
    search=("title", "synopsis"),
)


def _rating(row: Risk) -> str:
    return "" if row.rating is None else f"{row.rating} of 25"


RISKS = RowList(
    key="risks",
    heading="Risks",
    empty="No risk is entered yet.",
    rows=lambda plans: Risk.objects.filter(plan__in=plans).order_by("plan", "pk"),
    columns=(
        Shown("Risk", lambda row: row.title),
        Shown("Reference", lambda row: row.printed_ref),
        Shown("Likelihood (1 to 5)", lambda row: row.likelihood),
        Shown("Impact (1 to 5)", lambda row: row.impact),
        Shown("Rating", _rating),
        Shown("Rating as printed", lambda row: row.printed_rating),
        Shown("Mitigation", lambda row: row.mitigation),
        Shown("Owner", lambda row: row.owner),
        Shown("After mitigation", lambda row: row.rating_after_mitigation),
    ),
    filters=(
        Filter("likelihood", "Likelihood", "likelihood"),
        Filter("impact", "Impact", "impact"),
        Filter("after", "After mitigation", "rating_after_mitigation"),
    ),
    search=("title", "mitigation", "owner"),
    inherits=True,
)


def _term(term: RiskShareTerm) -> str:
    """`Barnet: 60%, £1,000`; what is not stated is said so."""
    share = "" if term.percent is None else f"{term.percent.normalize():f}%"
    amount = "" if term.amount is None else format_pounds(term.amount)
    borne = ", ".join(each for each in (share, amount) if each)
    return f"{term.organisation}: {borne or 'not stated'}"


RISK_SHARES = RowList(
    key="risk-shares",
    heading="How over- and underspends are shared",
    empty="No rule for sharing an over- or underspend is entered yet.",
    rows=lambda plans: (
        RiskShare.objects.filter(plan__in=plans)
        .prefetch_related("terms__organisation")
        .order_by("plan", "pk")
    ),
    scope=lambda user, rows: rows.filter(pk__in=risk_shares_visible_to(user).values("pk")),
    columns=(
        Shown("Rule", lambda row: row.rule),
        Shown("Method", lambda row: row.get_method_display()),
        Shown("Amount underwritten", lambda row: row.amount, "money"),
        Shown("Partners", lambda row: "; ".join(map(_term, row.terms.all()))),
    ),
    search=("rule",),
    inherits=True,
)

SIGN_OFFS = RowList(
    key="sign-offs",
    heading="Sign-offs",
    empty="Nobody has signed yet.",
    rows=lambda plans: (
        SignOff.objects.filter(plan__in=plans)
        .select_related("organisation", "board")
        .order_by("plan", "pk")
    ),
    columns=(
        Shown("Signs for", lambda row: row.signs_for),
        Shown("Role", lambda row: row.get_role_display()),
        Shown("Name", lambda row: row.name),
        Shown("Position", lambda row: row.position),
        Shown("Signed on", lambda row: day(row.signed_on)),
        Shown("To be ratified on", lambda row: day(row.to_be_ratified_on) or "Not needed"),
        Shown("Remark", lambda row: row.note, optional=True),
    ),
    filters=(Filter("role", "Role", "role", lambda value: SignOffRole(value).label),),
    search=("name", "position", "organisation__name", "board__name"),
    bodies=lambda row: (row.organisation,),
    inherits=True,
)

COMMENTARIES = RowList(
    key="provider-commentaries",
    heading="Providers’ commentary",
    empty="No provider has commented yet.",
    rows=lambda plans: ProviderCommentary.objects.filter(plan__in=plans).select_related("provider"),
    columns=(
        Shown("Provider", lambda row: row.provider),
        Shown("Signed by", lambda row: row.signatory),
        Shown("Position", lambda row: row.position),
        Shown("Agrees with the figures", lambda row: row.agrees),
        Shown("Commentary", lambda row: row.text),
        Shown("Figures", lambda row: row.figures),
    ),
)

MATURITY = RowList(
    key="maturity-assessments",
    heading="High Impact Change Model",
    empty="No change of the High Impact Change Model is assessed yet.",
    rows=lambda plans: MaturityAssessment.objects.filter(plan__in=plans).order_by(
        "plan", "change_number"
    ),
    columns=(
        Shown("Change", lambda row: f"{row.change_number or ''} {row.change}".strip()),
        Shown("Maturity now", lambda row: row.current_level),
        Shown("Maturity planned", lambda row: row.planned_level),
        Shown("Milestone", lambda row: row.milestone),
        Shown("When", lambda row: row.due_in_words),
        Shown("Measure of success", lambda row: row.success_measure),
    ),
    inherits=True,
)


def _bodies(of: str) -> RowList:
    return RowList(
        key="bodies",
        heading="Governance bodies",
        empty="No governance body is entered yet.",
        rows=lambda owners: (
            Body.objects.filter(**{f"{of}__in": owners})
            .prefetch_related("reports_to")
            .order_by("level", "name")
        ),
        scope=placed_visible_to,
        columns=(
            Shown("Body", lambda row: row.name),
            Shown("Kind", lambda row: row.kind),
            Shown("Level", lambda row: row.level),
            Shown("Reports to", lambda row: _names(row.reports_to) or "Nobody named"),
            Shown("Remit", lambda row: row.remit),
        ),
        filters=(Filter("kind", "Kind", "kind"), Filter("level", "Level", "level")),
        search=("name", "remit"),
        inherits=of == "plan",
    )


def _measure_words(measure: str) -> str:
    return PrintedFigure(measure=measure).measure_label


def _printed_value(row: PrintedFigure) -> Cell:
    if row.value is None:
        return Cell(row.value_in_words or None)
    if row.is_money:
        return Cell(row.value)
    return Cell(f"{row.value:,f} {row.unit}".strip())


def _printed(of: str) -> RowList:
    return RowList(
        key="printed-figures",
        heading="Figures as printed",
        empty="No printed figure is entered yet.",
        rows=lambda owners: (
            PrintedFigure.objects.filter(**{f"{of}__in": owners})
            .select_related("scheme", "organisation", "metric", "plan__cycle", "board")
            .order_by("table", "measure", "financial_year", "pk")
        ),
        scope=placed_visible_to,
        columns=(
            Shown("Figure", lambda row: row.label),
            Shown("Table", lambda row: row.table),
            Shown("Year", lambda row: row.period_in_words or row.financial_year.label),
            Shown("Scheme", lambda row: row.scheme and row.scheme.reference),
            Shown("Funding source", lambda row: row.source_label),
            Shown("Metric", lambda row: row.metric and row.metric.name),
            Shown("Whose or where", lambda row: row.organisation or row.site),
            Shown("Printed value", _printed_value, "money"),
            Shown("Remark", lambda row: row.note, optional=True),
        ),
        filters=(
            Filter("table", "Table", "table"),
            Filter("measure", "Measure", "measure", _measure_words),
            Filter("year", "Year", "financial_year", year_words),
            Filter("theme", "Theme", "theme"),
        ),
        search=("measure", "line", "theme", "table", "note"),
        notes=("These are what the documents print. They are not added up.",),
    )


PLAN_BODIES = _bodies("plan")
BOARD_BODIES = _bodies("board")
PLAN_PRINTED = _printed("plan")
BOARD_PRINTED = _printed("board")

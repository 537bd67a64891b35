"""Files of agreements, governance, printed figures and programmes, and what belongs to them."""

from collections.abc import Iterable
from typing import Any, ClassVar

from bcf.base.references import LinksCell, ReferenceCell
from bcf.base.resources import Choices, Links, Names
from governance.models import (
    Agreement,
    AgreementActual,
    AgreementNote,
    AgreementProvider,
    AgreementValue,
    AgreementVariation,
    Body,
    ConditionResponse,
    MaturityAssessment,
    PrintedFigure,
    Programme,
    ProgrammeBudgetLine,
    ProgrammeMark,
    ProgrammeMilestone,
    ProgrammeNetwork,
    ProgrammeWorkstream,
    ProviderCommentary,
    ReportPassage,
    Risk,
    RiskShare,
    RiskShareTerm,
    SignOff,
)
from governance.report_forms import SECTION_75
from governance.scopes import (
    AGREEMENT_ROWS,
    NOTES,
    PASSAGES,
    PLACED,
    PROGRAMME_ROWS,
    RISK_SHARE_TERMS,
)
from governance.scopes import AGREEMENTS as AGREEMENT_SCOPE
from governance.scopes import PROGRAMMES as PROGRAMME_SCOPE
from governance.scopes import RISK_SHARES as RISK_SHARE_SCOPE
from governance.targets import (
    AGREEMENTS,
    BODIES,
    NETWORKS,
    PROGRAMMES,
    RISK_SHARES,
    own_placing,
    own_programme,
    schemes_places,
)
from metrics.targets import METRICS
from plans.models import Board
from plans.models.dated import bodies_refused
from plans.resources import PlanRowResource, ScopedResource, of_cycle
from plans.targets import BOARDS, ORGANISATIONS, PLANS
from schemes.targets import SCHEMES, plan_and_joint_plan

PLAN = PlanRowResource.REFERENCES
IN_PLAN = PlanRowResource.ALONG


class ConditionResponseResource(PlanRowResource):
    CHOICES = {"condition": of_cycle(lambda cycle: cycle.confirmed)}

    class Meta:
        model = ConditionResponse


class MaturityAssessmentResource(PlanRowResource):
    class Meta:
        model = MaturityAssessment


class SignOffResource(PlanRowResource):
    REFERENCES = {
        **PLAN,
        "organisation": ReferenceCell(ORGANISATIONS),
        "board": ReferenceCell(BOARDS),
    }

    class Meta:
        model = SignOff


class ProviderCommentaryResource(PlanRowResource):
    REFERENCES = {**PLAN, "provider": ReferenceCell(ORGANISATIONS)}

    class Meta:
        model = ProviderCommentary


class PlacedResource(ScopedResource):
    """Rows of a plan, or of a board where they name no plan."""

    scope = PLACED
    SCOPE: ClassVar[Names] = ("plan", "board")
    REFERENCES = {**PLAN, "board": ReferenceCell(BOARDS)}
    ALONG: ClassVar[Names] = IN_PLAN

    def row_errors(self, row: Any, links: Links) -> dict[str, str]:
        is_new = row.pk is None
        if is_new and row.plan and row.board and row.board not in row.plan.boards.all():
            return {"board": f"{row.board} has no part in {row.plan}."}
        return {}


class RiskResource(PlacedResource):
    class Meta:
        model = Risk


class BodyResource(PlacedResource):
    REFERENCES = {**PlacedResource.REFERENCES, "reports_to": LinksCell(BODIES, own_placing)}

    class Meta:
        model = Body

    def row_errors(self, row: Any, links: Links) -> dict[str, str]:
        above = [body.pk for body in links.get("reports_to", ())]
        if row.pk is not None and row.pk in above:
            return {"reports_to": "A body does not report to itself."}
        return super().row_errors(row, links)


class PrintedFigureResource(PlacedResource):
    REFERENCES = {
        **PlacedResource.REFERENCES,
        "scheme": ReferenceCell(SCHEMES, plan_and_joint_plan),
        "organisation": ReferenceCell(ORGANISATIONS),
        "metric": ReferenceCell(METRICS),
    }
    CHOICES = {
        "funding_source": of_cycle(lambda cycle: (*cycle.funding_sources, *cycle.funding_groups)),
    }
    ALONG = (*IN_PLAN, "scheme__plan")

    class Meta:
        model = PrintedFigure


class RiskShareResource(ScopedResource):
    scope = RISK_SHARE_SCOPE
    SCOPE = ("plan", "agreement", "board")
    REFERENCES = {**PlacedResource.REFERENCES, "agreement": ReferenceCell(AGREEMENTS)}
    ALONG = (*IN_PLAN, "agreement__plan__cycle", "agreement__boards")

    class Meta:
        model = RiskShare


class RiskShareTermResource(ScopedResource):
    """What partners bear under rules of risk sharing."""

    scope = RISK_SHARE_TERMS
    SCOPE = ("risk_share",)
    REFERENCES = {
        "risk_share": ReferenceCell(RISK_SHARES),
        "organisation": ReferenceCell(ORGANISATIONS),
    }
    ALONG = (
        "risk_share__plan__cycle",
        "risk_share__agreement__plan__cycle",
        "risk_share__agreement__boards",
        "risk_share__board",
    )

    class Meta:
        model = RiskShareTerm


class AgreementResource(ScopedResource):
    """Agreements; whose one is decides who may change it: an administrator's business."""

    scope = AGREEMENT_SCOPE
    SCOPE = ()
    REF = "slug"
    REFERENCES = {
        "plan": ReferenceCell(PLANS),
        "parent": ReferenceCell(AGREEMENTS),
        "host": ReferenceCell(ORGANISATIONS),
        "boards": LinksCell(BOARDS),
        "parties": LinksCell(ORGANISATIONS),
        "schemes": LinksCell(SCHEMES, schemes_places),
    }
    ALONG = ("plan__cycle", "plan__parts", "schemes__plan")

    class Meta:
        model = Agreement

    def boards_of(self, row: Any, links: Links) -> list[Board]:
        return links.get("boards", []) if row.pk is None else super().boards_of(row, links)

    def row_errors(self, row: Any, links: Links) -> dict[str, str]:
        when, words = row.runs
        kept = row.parties.all() if row.pk else ()
        refused = bodies_refused(links.get("parties", ()), when, words, kept)
        return {**self._schemes_refused(row, links), **({"parties": refused} if refused else {})}

    def _schemes_refused(self, row: Any, links: Links) -> dict[str, str]:
        places = schemes_places(row)
        others = [each for each in links.get("schemes", ()) if each.plan_id not in places]
        if not others:
            return {}
        if row.plan is None:
            return {"schemes": "No plan carries the agreement, so it carries no schemes."}
        named = "; ".join(str(each) for each in others)
        return {"schemes": f"Of no part of {row.plan}: {named}. Choose schemes of that plan."}

    def settled(self, row: Any) -> Iterable[str]:
        others = () if self.person.is_administrator else ("boards",)
        return (*super().settled(row), *others)


class AgreementRowResource(ScopedResource):
    """Rows of agreements."""

    scope = AGREEMENT_ROWS
    SCOPE: ClassVar[Names] = ("agreement",)
    REFERENCES = {"agreement": ReferenceCell(AGREEMENTS)}
    ALONG = ("agreement__plan__cycle", "agreement__boards")


class AgreementProviderResource(AgreementRowResource):
    REFERENCES = {**AgreementRowResource.REFERENCES, "provider": ReferenceCell(ORGANISATIONS)}

    class Meta:
        model = AgreementProvider


class AgreementVariationResource(AgreementRowResource):
    class Meta:
        model = AgreementVariation


class AgreementValueResource(AgreementRowResource):
    REFERENCES = {**AgreementRowResource.REFERENCES, "organisation": ReferenceCell(ORGANISATIONS)}

    class Meta:
        model = AgreementValue


class AgreementActualResource(AgreementRowResource):
    REFERENCES = {**AgreementRowResource.REFERENCES, "organisation": ReferenceCell(ORGANISATIONS)}

    class Meta:
        model = AgreementActual


class AgreementNoteResource(AgreementRowResource):
    scope = NOTES
    SCOPE = ("agreement", "board")
    REFERENCES = {**AgreementRowResource.REFERENCES, "board": ReferenceCell(BOARDS)}

    class Meta:
        model = AgreementNote


def _written_sections(row: Any) -> list[tuple[str, str]]:
    return [(section.key, section.label) for section in SECTION_75.written.values()]


class ReportPassageResource(ScopedResource):
    """What people write in the annual reports of boards."""

    scope = PASSAGES
    SCOPE = ("board",)
    REFERENCES = {"board": ReferenceCell(BOARDS)}
    CHOICES: ClassVar[dict[str, Choices]] = {"section": _written_sections}

    class Meta:
        model = ReportPassage


class ProgrammeResource(ScopedResource):
    scope = PROGRAMME_SCOPE
    SCOPE = ()
    REF = "slug"
    REFERENCES = {"board": ReferenceCell(BOARDS)}

    class Meta:
        model = Programme


class ProgrammeRowResource(ScopedResource):
    """Rows of programmes."""

    scope = PROGRAMME_ROWS
    SCOPE = ("programme",)
    REFERENCES = {"programme": ReferenceCell(PROGRAMMES)}
    ALONG = ("programme__board",)


class ProgrammeBudgetLineResource(ProgrammeRowResource):
    REFERENCES = {**ProgrammeRowResource.REFERENCES, "source": ReferenceCell(ORGANISATIONS)}

    class Meta:
        model = ProgrammeBudgetLine


class ProgrammeNetworkResource(ProgrammeRowResource):
    class Meta:
        model = ProgrammeNetwork


class ProgrammeWorkstreamResource(ProgrammeRowResource):
    class Meta:
        model = ProgrammeWorkstream


class ProgrammeMilestoneResource(ProgrammeRowResource):
    REFERENCES = {
        **ProgrammeRowResource.REFERENCES,
        "network": ReferenceCell(NETWORKS, own_programme),
    }

    class Meta:
        model = ProgrammeMilestone


class ProgrammeMarkResource(ProgrammeRowResource):
    REFERENCES = {
        **ProgrammeRowResource.REFERENCES,
        "network": ReferenceCell(NETWORKS, own_programme),
    }

    class Meta:
        model = ProgrammeMark

"""A plan of every cycle, on each of its forms: added, filled with what is asked, checked, printed.

A new definition file is tried here without a change of these tests; and a made-up one, as it stands
in docs/cycles.md, beside the real files.
"""

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.test import Client

from bcf.accounts.models import User
from bcf.loading.metrics import load_metrics
from bcf.loading.reference import FIXTURES
from metrics.models import Metric
from plans.choices import OrganisationKind
from plans.cycle_definitions import (
    CYCLES,
    CycleDefinition,
    definition,
    definitions,
    line_of,
    loading,
)
from plans.models import Board, Cycle, Organisation, Plan
from tests import factories
from tests.integration.whole_way import add_plan, go

pytestmark = pytest.mark.django_db

KEYS = list(definitions())
FORMS = [(key, form.key) for key in KEYS for form in definition(key).template_versions]
MADE_UP = "2031-32"
DOCUMENTED = Path(settings.BASE_DIR, "docs", "cycles.md").read_text(encoding="utf-8")


@pytest.fixture
def board() -> Board:
    return factories.BoardFactory(slug="ownham")


@pytest.fixture
def commissioner() -> Organisation:
    return factories.OrganisationFactory(kind=OrganisationKind.NHS_COMMISSIONER)


@pytest.fixture
def add(
    board: Board,
    commissioner: Organisation,
    administrator: User,
    sign_in: Callable[[User], Client],
) -> Callable[[str, str], Plan]:
    """Adds a plan of a cycle on one of its forms, through the page on which plans are added."""

    def added(key: str, form: str) -> Plan:
        cycle = Cycle.objects.filter(key=key).first() or factories.CycleFactory(key=key)
        return add_plan(cycle, form, board, commissioner, sign_in(administrator))

    return added


@pytest.mark.parametrize(("key", "form"), FORMS)
def test_a_plan_goes_from_adding_through_checks_and_its_pdf_to_submission(
    key: str, form: str, add: Callable[[str, str], Plan], administrator: User
) -> None:
    load_metrics(FIXTURES / "reference")
    go(key, form, add, administrator)


@pytest.mark.parametrize("key", KEYS)
def test_what_only_other_cycles_offer_is_refused(key: str) -> None:
    plan, own = factories.PlanFactory(cycle__key=key), definition(key)
    every = {each.key for cycle in definitions().values() for each in cycle.funding_sources}
    strange = sorted(every - {each.key for each in own.funding_sources})
    for source in [*strange, "no-such-source"]:
        with pytest.raises(ValidationError) as refused:
            factories.ContributionFactory(plan=plan, funding_source=source)
        assert "funding_source" in refused.value.message_dict
    for unknown in ("no-such-type", *sorted(_types_elsewhere(own))):
        with pytest.raises(ValidationError) as refused:
            factories.SchemeFactory(plan=plan, scheme_type=unknown)
        assert "scheme_type" in refused.value.message_dict


def _types_elsewhere(own: CycleDefinition) -> set[str]:
    every = {each.key for cycle in definitions().values() for each in cycle.scheme_types}
    return every - {each.key for each in own.scheme_types}


@pytest.fixture
def made_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[CycleDefinition]:
    """The example of docs/cycles.md beside the real files: nothing is added but that file."""
    [example] = re.findall(r"```toml\n(.*?)```", DOCUMENTED, flags=re.DOTALL)
    for path in CYCLES.glob("*.toml"):
        shutil.copy(path, tmp_path)
    (tmp_path / f"{MADE_UP}.toml").write_text(example, encoding="utf-8")
    monkeypatch.setattr(loading, "CYCLES", tmp_path)
    definitions.cache_clear()
    call_command("load_reference", verbosity=0)
    yield definition(MADE_UP)
    monkeypatch.undo()
    definitions.cache_clear()


@pytest.mark.parametrize("form", ["spring-2031", "winter-2031"])
def test_a_cycle_that_is_only_a_file_works(
    form: str, made_up: CycleDefinition, add: Callable[[str, str], Plan], administrator: User
) -> None:
    plan = go(MADE_UP, form, add, administrator)
    assert [str(year) for year in plan.years] == ["2031-32"]
    sources = set(plan.contributions.values_list("funding_source", flat=True))
    assert ("winter-money" in sources) is (form == "winter-2031")


def test_it_is_of_the_vocabulary_and_brings_its_own_metric(made_up: CycleDefinition) -> None:
    line = line_of(definitions().values(), "funding_sources", "dfg")
    assert line is not None
    assert line.label == "Care Together Grant"
    assert [term.cycle.key for term in line.breaks][-1] == MADE_UP
    metric = Metric.objects.get(key="days-at-home")
    assert (metric.better, metric.unit, metric.is_national) == ("higher", "days", True)


def test_it_is_on_the_pages_and_in_the_api(
    made_up: CycleDefinition, administrator: User, sign_in: Callable[[User], Client]
) -> None:
    client = sign_in(administrator)
    assert made_up.name in client.get("/cycles/").content.decode()
    page = client.get(f"/cycles/{MADE_UP}/").content.decode()
    assert "When returns are due is not known." in page
    assert "Care Together Grant" in page
    [found] = client.get(f"/api/v1/cycles/?key={MADE_UP}").json()["results"]
    assert found["name"] == made_up.name

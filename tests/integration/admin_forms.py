"""The forms of the admin as a table: a row of every kind, what it belongs to, and wrong values."""

import re
from collections.abc import Callable, Iterator
from typing import Any

from django.contrib.admin import ModelAdmin
from django.core import validators
from django.db import models
from django.forms import fields as form_fields
from django.forms import models as form_models
from django.urls import reverse
from lxml import html

from bcf.accounts.models import SavedFilter, User
from bcf.admin import REGISTER, site
from governance.models import Agreement, AgreementEvent, Programme, RiskShare
from metrics.models import Metric
from plans.admin.owners import OwnedAdmin
from plans.models import (
    Answer,
    Board,
    ChangeSet,
    Cycle,
    Membership,
    Organisation,
    Plan,
    PlanEvent,
    PopulationShare,
)
from tests import factories

# Changed by administrators; cycles, events and acts are changed by nobody, saved filters by
# the list whose filter they are.
REFERENCE = {User, Plan, Board, Organisation, PopulationShare, Membership, Metric}
NOT_ADDED = {Cycle, PlanEvent, AgreementEvent, ChangeSet, SavedFilter}
ADDED = [model for model in REGISTER if model not in NOT_ADDED]
OWNED = [model for model in ADDED if issubclass(REGISTER[model], OwnedAdmin)]
ROWS_OF_PLANS = [
    model
    for model in OWNED
    if any(owner.field == "plan" for owner in REGISTER[model].owners)  # type: ignore[attr-defined]
]

_WITHIN: dict[str, Callable[[Any], dict[str, Any]]] = {
    "Answer": lambda world: {"plan": world.earlier},
    "BenefitProfile": lambda world: {"benefit": factories.BenefitFactory(plan=world.plan)},
    "SpendActual": lambda world: {"line": factories.SpendLineFactory(plan=world.plan)},
    "SchemeMetric": lambda world: {"scheme": world.scheme},
    "SchemeCondition": lambda world: {"scheme": world.scheme},
    "DeliveryLink": lambda world: {"scheme": world.scheme},
    "Agreement": lambda world: {"boards": [world.board], "plan": world.plan},
    "MetricValue": lambda world: {"plan": world.plan, "board": world.board},
    "Population": lambda world: {"plan": world.plan, "board": world.board},
    "ContextFigure": lambda world: {"plan": world.plan, "board": world.board},
    "ProgrammeMark": lambda world: {
        "network": factories.ProgrammeNetworkFactory(programme=world.programme)
    },
}


class World:
    """A board with a draft, an agreement and a programme, and a scheme of the draft."""

    def __init__(self) -> None:
        self.board = factories.BoardFactory(slug="own")
        self.plan = factories.PlanFactory(slug="own-plan", boards=[self.board])
        # Answers are to questions of its form.
        self.earlier = factories.PlanFactory(
            slug="earlier-plan",
            boards=[self.board],
            cycle=factories.CycleFactory(key="2014-16"),
            template_version="july-2014",
        )
        self.scheme = factories.SchemeFactory(plan=self.plan)
        self.agreement: Agreement = factories.AgreementFactory(boards=[self.board])
        self.risk_share: RiskShare = factories.RiskShareFactory(plan=self.plan)
        self.programme: Programme = factories.ProgrammeFactory(board=self.board)
        factories.MetricFactory()

    def owner_of(self, model: type[models.Model]) -> dict[str, Any]:
        """The first of what rows of this kind belong to, as the address names it."""
        owner: Any = REGISTER[model]
        if not issubclass(owner, OwnedAdmin):
            return {}
        field = owner.owners[0].field
        return {field: (self.earlier if model is Answer else getattr(self, field)).pk}

    def row(self, model: type[models.Model]) -> Any:
        """A row of this kind that the editor of the board may change."""
        make = getattr(factories, f"{model.__name__}Factory")
        if within := _WITHIN.get(model.__name__):
            return make(**within(self))
        owner: Any = REGISTER[model]
        if not issubclass(owner, OwnedAdmin):
            return make()
        field = owner.owners[0].field
        return make(**{field: getattr(self, field)})


def address(model: type[models.Model], page: str, *args: Any) -> str:
    meta = model._meta
    return reverse(f"admin:{meta.app_label}_{meta.model_name}_{page}", args=args)


def admin_of(model: type[models.Model]) -> ModelAdmin:
    return site.get_model_admin(model)


# -- what is typed -----------------------------------------------------------------------------


def wrong_values(answer: Any) -> dict[str, Any]:
    """A wrong value for each box and list of a page's form; ticks are left alone."""
    page = html.fromstring(answer.content.decode())
    [form] = [each for each in page.forms if each.get("id", "").endswith("_form")]
    posted: dict[str, Any] = dict(form.form_values())
    for box in form.inputs:
        if box.name and box.name not in ("seen", "csrfmiddlewaretoken"):
            wrong = _wrong(box)
            if wrong is not None:
                posted[box.name] = wrong
    return posted


def _wrong(box: Any) -> Any:
    kind = box.get("type")
    classes = (box.get("class") or "").split()
    if box.tag == "select":
        return "no-such-choice"
    if kind == "checkbox":
        in_list = any("app-checks" in (each.get("class") or "") for each in box.iterancestors())
        return ["999999"] if in_list else None
    for name, typed in (("money", "many"), ("app-date", "32/13/2015"), ("app-period", "one day")):
        if name in classes:
            return typed
    if kind == "text" and box.get("maxlength"):
        return "x " * (int(box.get("maxlength")) // 2 + 1) + "x"
    return {"url": "no web address", "email": "no e-mail"}.get(kind or "")


# -- what is answered --------------------------------------------------------------------------


def _phrases() -> Iterator[str]:
    """Django's own phrases, as they begin before a value is put into them."""
    for kind in (*vars(form_fields).values(), *vars(form_models).values(), *vars(models).values()):
        for message in getattr(kind, "default_error_messages", {}).values():
            yield str(message)
    for check in vars(validators).values():
        yield str(getattr(check, "message", ""))
    yield from (
        "Please correct the error",
        "Please correct the duplicate",
        "Ensure this value",
        "Ensure that there are",
        "already exists.",
        "This field cannot be",
    )


STOCK = {
    phrase.split("%")[0].strip() for phrase in _phrases() if len(phrase.split("%")[0].strip()) > 12
}


def stock_phrases_in(text: str) -> list[str]:
    return sorted(phrase for phrase in STOCK if phrase in text)


def words_of(label: Any) -> str:
    """A label without its unit and colon."""
    return re.sub(r"\s*\([^)]*\)\s*$", "", str(label).strip().rstrip(":")).casefold()


def errors_of(answer: Any) -> dict[str, list[str]]:
    form = answer.context["adminform"].form
    return {name: [str(each) for each in found] for name, found in form.errors.items()}


def faults_of(answer: Any) -> list[str]:
    """What is wrong with a refusal: a stock phrase, no field's name, no way to the field."""
    form = answer.context["adminform"].form
    labels = {
        name: words_of(field.label or name.replace("_", " ")) for name, field in form.fields.items()
    }
    faults = []
    for name, sentences in errors_of(answer).items():
        for sentence in sentences:
            plain = sentence.casefold()
            if stock_phrases_in(sentence):
                faults.append(f"{name}: stock phrase: {sentence}")
            elif name == "__all__" and not any(words in plain for words in labels.values()):
                faults.append(f"names no field: {sentence}")
            elif name != "__all__" and labels[name] not in plain:
                faults.append(f"{name} is not named: {sentence}")
            elif not sentence.rstrip("…”").endswith("."):
                faults.append(f"{name}: no sentence: {sentence}")
    return faults + _page_faults(answer)


def _page_faults(answer: Any) -> list[str]:
    text = answer.content.decode()
    page = html.fromstring(text)
    faults = [f"on the page: {phrase}" for phrase in stock_phrases_in(page.text_content())]
    title = page.findtext(".//title").strip()
    if not title.startswith("Error: "):
        faults.append(f"title: {title}")
    links = page.xpath("//div[contains(@class, 'govuk-error-summary')]//a")
    if not links:
        faults.append("no summary with links")
    ids = {each.get("id") for each in page.iter() if each.get("id")}
    faults += [
        f"leads nowhere: {link.get('href')}" for link in links if link.get("href")[1:] not in ids
    ]
    return faults


def lost(answer: Any, posted: dict[str, Any]) -> list[str]:
    """Boxes that no longer hold what was typed."""
    page = html.fromstring(answer.content.decode())
    [form] = [each for each in page.forms if each.get("id", "").endswith("_form")]
    return [
        box.name
        for box in form.inputs
        if box.name in posted
        and "__prefix__" not in box.name
        and (box.tag == "textarea" or box.get("type") in ("text", "url", "email"))
        and (box.value or "").strip() != str(posted[box.name]).strip()
    ]

"""The API under `/api/v1/`: every collection, its rows, what is told of plans, and its document."""

from functools import cache
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import URLPattern, path, register_converter
from django.urls.converters import StringConverter
from django.views.decorators.http import require_safe
from rest_framework.request import Request

from bcf.accounts.middleware import public_read
from bcf.assurance.api import ChecksView, HistoryView, SummaryView
from bcf.assurance.api.schemas import SCHEMAS
from bcf.base.api import openapi
from bcf.base.api.collection import Collection
from bcf.base.api.described import part
from bcf.base.api.filters import FORMAT
from bcf.base.api.formats import JSON, MEDIA_TYPES, YAML, ZIP
from bcf.base.api.kinds import SLUG
from bcf.base.api.openapi_writing import add_writing, written_schemas
from bcf.base.api.package_views import DataPackageView
from bcf.base.api.reference import Described, described
from bcf.base.api.views import CollectionView, NothingView, ReadView, RowView
from bcf.base.api.yaml_text import as_yaml
from bcf.base.resources import RowResource
from bcf.resources import RESOURCES
from governance.api import COLLECTIONS as GOVERNANCE
from metrics.api import COLLECTIONS as METRICS
from plans.api import COLLECTIONS as PLANS
from plans.api.views import WritableCollectionView, WritableRowView
from plans.api.vocabulary import KEY as VOCABULARY
from plans.api.vocabulary import ROW as VOCABULARY_ROW
from plans.api.vocabulary import VocabularyView, vocabulary_path
from plans.scopes import PLANS as PLAN_SCOPE
from plans.scopes import REFERENCE
from schemes.api import COLLECTIONS as SCHEMES

app_name = "api"
BASE = "/api/v1/"
PACKAGE = "data-package.zip"
COLLECTIONS = (*PLANS, *SCHEMES, *METRICS, *GOVERNANCE)
# What all plans share, and plans themselves, are changed on pages.
WRITTEN: dict[str, type[RowResource]] = {
    each.key: RESOURCES[each.model]
    for each in COLLECTIONS
    if each.model in RESOURCES and RESOURCES[each.model].scope not in (PLAN_SCOPE, REFERENCE)
}
INFO = {
    "title": "Better Care Fund plans",
    "version": "1",
    "summary": "Every figure of the plans that you may read, with its unit, period and source.",
    "description": "Rows stand in flat collections, and name each other by natural keys. Amounts "
    "of money and other decimals are texts of plain digits, so that nothing is rounded on the "
    "way; a financial year is written 2015-16; what is missing is null, and never nought; a "
    "period that a document does not state is not-stated. Changes of this version only add.",
}


def _plan_paths() -> openapi.Described:
    slug = openapi.parameter("slug", SLUG.schema, "The plan, by its slug.", where="path")
    history = (
        openapi.parameter(
            "since",
            {"type": "string"},
            "Changes since this date, or moment: 2026-03-14 or 2026-03-14T09:30:00Z.",
        ),
        openapi.parameter(
            "kind", {"type": "string"}, "Changes of this kind of row, such as schemes.spendline."
        ),
        *openapi.PAGING,
    )
    told = {
        "summary": ("The totals of a plan’s money.", part("Summary"), ()),
        "checks": ("What the checks of its cycle find in a plan.", part("Checks"), ()),
        "history": (
            "What changed in a plan and its parts, newest first, for members of its boards.",
            openapi.paged("A page of a history.", part("HistoryEntry")),
            history,
        ),
    }
    return {
        f"{BASE}plans/{{slug}}/{name}/": openapi.operation(
            f"getPlan{name.capitalize()}",
            tag="plans",
            told=sentence,
            answer=answer,
            parameters=[slug, *more, openapi.format_parameter()],
        )
        for name, (sentence, answer, more) in told.items()
    }


def _package_path() -> openapi.Described:
    return {
        f"{BASE}{PACKAGE}": openapi.operation(
            "getDataPackage",
            tag=openapi.WHOLE,
            told="Every row that you may read, as a Frictionless data package: a CSV file for each "
            "collection, and `datapackage.json` with types, units, descriptions and keys.",
            parameters=[openapi.format_parameter(ZIP)],
            types=(ZIP,),
            refusals=("400", "401"),
        )
    }


@cache
def document() -> openapi.Described:
    """The OpenAPI document of the whole API."""
    paths = {**vocabulary_path(BASE), **_plan_paths(), **_package_path()}
    written = {each: WRITTEN[each.key] for each in COLLECTIONS if each.key in WRITTEN}
    schemas = {**SCHEMAS, "VocabularyEntry": VOCABULARY_ROW, **written_schemas(written)}
    made = openapi.document(COLLECTIONS, base=BASE, info=INFO, paths=paths, schemas=schemas)
    add_writing(made["paths"], written, BASE)
    return made


class SchemaView(ReadView):
    """The OpenAPI document, as YAML or as JSON."""

    formats = (YAML, JSON)

    def get(self, request: Request) -> HttpResponseBase:
        self.refuse_unknown(request, FORMAT)
        if self.format_of(request) == JSON:
            return self.json(request, document())
        return self.answer(request, as_yaml(document()).encode(), MEDIA_TYPES[YAML])


class IndexView(ReadView):
    """What there is: each collection with its address."""

    def get(self, request: Request) -> HttpResponseBase:
        self.format_of(request)
        self.refuse_unknown(request)
        found = {each.key: request.build_absolute_uri(each.where) for each in COLLECTIONS}
        names = (VOCABULARY, "schema", "docs")
        more = {name: request.build_absolute_uri(f"{name}/") for name in names}
        more[openapi.WHOLE] = request.build_absolute_uri(PACKAGE)
        return self.json(request, {**found, **more})


@cache
def _reference() -> Described:
    return described(document())


@public_read
@require_safe
def docs(request: HttpRequest) -> HttpResponse:
    """The API on a page: every address, its parameters, and its fields with their units."""
    return render(request, "api/docs.html", {"api": _reference()})


def _open(route: str, view: type[ReadView], name: str, **given: Any) -> URLPattern:
    """An address that answers by itself whom nobody signed in: with 401, not with a page."""
    return path(route, login_not_required(view.as_view(**given)), name=name)


def _of_collection(each: Collection) -> tuple[URLPattern, URLPattern]:
    """The addresses of a collection's list and of its rows, which are written where they may be."""
    given: dict[str, Any] = {"collection": each}
    of_list: type[ReadView] = CollectionView
    of_row: type[ReadView] = RowView
    if each.key in WRITTEN:
        of_list, of_row = WritableCollectionView, WritableRowView
        given["resource"] = WRITTEN[each.key]
    return (
        _open(each.where, of_list, each.key, **given),
        _open(f"{each.where}<str:key>/", of_row, f"{each.key}-row", **given),
    )


class Anything(StringConverter):
    """The rest of an address, whatever it holds: a line break too, which `path` leaves out."""

    regex = "(?s:.+)"


register_converter(Anything, "anything")

urlpatterns = [
    _open("", IndexView, "index"),
    _open("schema/", SchemaView, "schema"),
    path("docs/", docs, name="docs"),
    _open(PACKAGE, DataPackageView, "data-package", collections=COLLECTIONS, info=INFO),
    _open(f"{VOCABULARY}/", VocabularyView, VOCABULARY),
    _open("plans/<slug:slug>/summary/", SummaryView, "plan-summary"),
    _open("plans/<slug:slug>/checks/", ChecksView, "plan-checks"),
    _open("plans/<slug:slug>/history/", HistoryView, "plan-history"),
    *(path for each in COLLECTIONS for path in _of_collection(each)),
    _open("<anything:rest>", NothingView, "nothing"),
]

"""The API under `/api/v1/`: every collection, its rows, and what is told of plans."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.urls import URLPattern, path

from bcf.base.api.views import CollectionView, NothingView, ReadView, RowView
from governance.api import COLLECTIONS as GOVERNANCE
from metrics.api import COLLECTIONS as METRICS
from plans.api import COLLECTIONS as PLANS
from schemes.api import COLLECTIONS as SCHEMES

app_name = "api"
COLLECTIONS = (*PLANS, *SCHEMES, *METRICS, *GOVERNANCE)


def _open(route: str, view: type[ReadView], name: str, **given: Any) -> URLPattern:
    """An address that answers by itself whom nobody signed in: with 401, not with a page."""
    return path(route, login_not_required(view.as_view(**given)), name=name)


urlpatterns = [
    *(_open(each.where, CollectionView, each.key, collection=each) for each in COLLECTIONS),
    *(
        _open(f"{each.where}<str:key>/", RowView, f"{each.key}-row", collection=each)
        for each in COLLECTIONS
    ),
    _open("<path:rest>", NothingView, "nothing"),
]

"""Every address of the product."""

from django.urls import include, path

from bcf.admin import site

urlpatterns = [
    path("", include("bcf.reporting.urls")),
    path("", include("plans.urls")),
    path("accounts/", include("bcf.accounts.urls")),
    path("admin/", site.urls),
    path("api/v1/", include("bcf.api", namespace="api")),
]

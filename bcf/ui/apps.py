"""The design system as an app: form renderer, components and template tags; no models."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    """Makes the template tag library `ui` known to Django."""

    name = "bcf.ui"
    label = "ui"
    verbose_name = "Design system"

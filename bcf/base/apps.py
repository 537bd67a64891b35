from django.apps import AppConfig


class BaseConfig(AppConfig):
    name = "bcf.base"
    label = "base"
    verbose_name = "Base"

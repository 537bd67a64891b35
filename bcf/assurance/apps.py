from django.apps import AppConfig


class AssuranceConfig(AppConfig):
    name = "bcf.assurance"
    label = "assurance"

from django.apps import AppConfig


class ReportingConfig(AppConfig):
    name = "bcf.reporting"
    label = "reporting"

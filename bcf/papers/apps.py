from django.apps import AppConfig


class PapersConfig(AppConfig):
    name = "bcf.papers"
    label = "papers"
    verbose_name = "Papers"

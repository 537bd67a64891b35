from django.apps import AppConfig


class LoadingConfig(AppConfig):
    name = "bcf.loading"
    label = "loading"

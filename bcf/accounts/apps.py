from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "bcf.accounts"
    label = "accounts"
    verbose_name = "People"

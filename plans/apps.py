from django.apps import AppConfig
from django.core.checks import register

from plans.system_checks import check_cycle_files


class PlansConfig(AppConfig):
    name = "plans"
    verbose_name = "Plans and money"

    def ready(self) -> None:
        register(check_cycle_files)

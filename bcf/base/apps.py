from django.apps import AppConfig
from simple_history.signals import pre_create_historical_record

from bcf.base.logs import keep_tokens_out
from bcf.base.reasons import say_why


class BaseConfig(AppConfig):
    name = "bcf.base"
    label = "base"
    verbose_name = "Base"

    def ready(self) -> None:
        pre_create_historical_record.connect(say_why)
        keep_tokens_out()

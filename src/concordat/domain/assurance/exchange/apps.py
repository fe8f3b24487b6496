from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    name = "concordat.domain.assurance.exchange"
    label = "exchange"
    default_auto_field = "django.db.models.BigAutoField"

from django.apps import AppConfig


class RisksConfig(AppConfig):
    name = "concordat.domain.governance.risks"
    label = "risks"
    default_auto_field = "django.db.models.BigAutoField"

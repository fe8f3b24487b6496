from django.apps import AppConfig


class ArrangementsConfig(AppConfig):
    name = "concordat.domain.governance.arrangements"
    label = "arrangements"
    default_auto_field = "django.db.models.BigAutoField"

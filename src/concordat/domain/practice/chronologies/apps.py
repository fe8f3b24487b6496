from django.apps import AppConfig


class ChronologiesConfig(AppConfig):
    name = "concordat.domain.practice.chronologies"
    label = "chronologies"
    default_auto_field = "django.db.models.BigAutoField"

from django.apps import AppConfig


class AgenciesConfig(AppConfig):
    name = "concordat.domain.base.agencies"
    label = "agencies"
    default_auto_field = "django.db.models.BigAutoField"

from django.apps import AppConfig


class RequestsConfig(AppConfig):
    name = "concordat.domain.base.requests"
    label = "requests"
    default_auto_field = "django.db.models.BigAutoField"

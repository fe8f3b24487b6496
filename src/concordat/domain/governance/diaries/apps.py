from django.apps import AppConfig


class DiariesConfig(AppConfig):
    name = "concordat.domain.governance.diaries"
    label = "diaries"
    default_auto_field = "django.db.models.BigAutoField"

from django.apps import AppConfig


class MailConfig(AppConfig):
    name = "concordat.domain.base.mail"
    label = "mail"
    default_auto_field = "django.db.models.BigAutoField"

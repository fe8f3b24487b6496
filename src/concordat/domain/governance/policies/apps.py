from django.apps import AppConfig


class PoliciesConfig(AppConfig):
    name = "concordat.domain.governance.policies"
    label = "policies"
    default_auto_field = "django.db.models.BigAutoField"

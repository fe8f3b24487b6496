from django.apps import AppConfig


class ChildrenConfig(AppConfig):
    name = "concordat.domain.practice.children"
    label = "children"
    default_auto_field = "django.db.models.BigAutoField"

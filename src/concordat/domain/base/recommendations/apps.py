from django.apps import AppConfig


class RecommendationsConfig(AppConfig):
    name = "concordat.domain.base.recommendations"
    label = "recommendations"
    default_auto_field = "django.db.models.BigAutoField"

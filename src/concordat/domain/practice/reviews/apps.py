from django.apps import AppConfig


class ReviewsConfig(AppConfig):
    name = "concordat.domain.practice.reviews"
    label = "reviews"
    default_auto_field = "django.db.models.BigAutoField"

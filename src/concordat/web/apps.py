from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "concordat.web"
    label = "web"
    verbose_name = "Pages"

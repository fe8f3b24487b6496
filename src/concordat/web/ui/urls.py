from django.urls import path

from concordat.web.ui import views

app_name = "ui"

urlpatterns = [
    path("ui", views.living, name="living"),
    path("ui/form", views.every_field, name="form"),
    path("ui/sketch/home", views.sketch_home, name="sketch_home"),
    path("ui/sketch/meeting", views.sketch_meeting, name="sketch_meeting"),
    path("ui/page/<slug:name>", views.whole_page, name="page"),
    path("ui/stay", views.stay, name="stay"),
    path("brand/<str:accent>.css", views.brand_css, name="brand_css"),
]

"""The address of the home page."""

from django.urls import path

from resque.home import views

app_name = "home"
urlpatterns = [path("", views.home, name="home")]

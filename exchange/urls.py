"""Addresses of requests."""

from django.urls import URLPattern, path

from exchange.views import answers, public, writing

app_name = "exchange"
urlpatterns: list[URLPattern] = [
    path("", public.request_list, name="list"),
    path("neu/", writing.new, name="new"),
    path("neu/bekannt/", writing.known, name="known"),
    path("<int:pk>/", public.detail, name="short"),
    path("<int:pk>/bearbeiten/", writing.edit, name="edit"),
    path("<int:pk>/stand/", writing.state, name="state"),
    path("<int:pk>/zurueckziehen/", writing.withdraw, name="withdraw"),
    path("<int:pk>/antworten/", answers.answer, name="answer"),
    path("antworten/<int:pk>/", answers.change, name="change_answer"),
    path("antworten/<int:pk>/entfernen/", answers.remove, name="remove_answer"),
    path("<int:pk>-<slug:slug>/", public.detail, name="detail"),
]

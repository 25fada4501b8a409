"""Addresses below /produkte/; those of one city are among the city's."""

from django.urls import path

from cities.products import views

app_name = "products"
urlpatterns = [
    path("", views.product_list, name="list"),
    path("<slug:slug>/", views.product_page, name="detail"),
]

"""Addresses of the cities app. Words of its own pages are reserved (`cities.register.slugs.RESERVED`)."""

from django.urls import URLPattern, URLResolver, include, path

from cities import views
from cities.comparable.views import comparable
from cities.products.import_views import import_products
from cities.products.views import city_products, edit_products

app_name = "cities"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.city_list, name="list"),
    path("aufnehmen/", views.admission, name="admission"),
    path("aufnehmen/<slug:ags>/", views.admit, name="admit"),
    path("<slug:slug>/", views.city_page, name="detail"),
    path("<slug:slug>/bearbeiten/", views.edit, name="edit"),
    path("<slug:slug>/vergleichbare/", comparable, name="comparable"),
    path("<slug:slug>/produkte/", city_products, name="products"),
    path("<slug:slug>/produkte/eintragen/", edit_products, name="edit_products"),
    path("<slug:slug>/produkte/einlesen/", import_products, name="import_products"),
    path("<slug:slug>/personen/", include("cities.people.urls")),
]

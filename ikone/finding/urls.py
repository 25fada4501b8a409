from django.urls import path

from ikone.finding import desk, pages, saved, suggestions

urlpatterns = [
    path("suche/", pages.site_search, name="search"),
    path("suche/vorschlaege/", suggestions.suggestions, name="search_suggestions"),
    path("mein/suchen/", saved.saved_searches, name="saved_searches"),
    path("mein/suchen/merken/", saved.keep_search, name="keep_search"),
    path("mein/suchen/<int:pk>/loeschen/", saved.forget_search, name="forget_search"),
    path("koordination/suche/", desk.search_desk, name="search_desk"),
    path("koordination/suche/erledigt/", desk.forget_miss, name="forget_miss"),
    path("koordination/suche/synonyme/neu/", desk.add_synonym, name="add_synonym"),
    path("koordination/suche/synonyme/<int:pk>/", desk.edit_synonym, name="edit_synonym"),
    path("koordination/suche/synonyme/<int:pk>/loeschen/", desk.delete_synonym, name="delete_synonym"),
]

"""All addresses: the portal's own and those of its apps."""

from django.contrib import admin
from django.urls import include, path

from ikone import api, undelivered
from ikone.views import appearance, health, home, identity, mine, page_versions, pages, undertakings
from topics.views import gaps

handler400 = "ikone.views.errors.bad_request"
handler403 = "ikone.views.errors.forbidden"
handler404 = "ikone.views.errors.not_found"
handler500 = "ikone.views.errors.server_error"

urlpatterns = [
    path("", home.home, name="home"),
    path("mein/", mine.mine, name="mine"),
    path("koordination/", mine.desk, name="desk"),
    path("koordination/luecken/", gaps.gaps, name="gaps"),
    path("koordination/luecken/", include("practices.islands.urls")),
    path("koordination/auftraege/<int:pk>/", undertakings.undertaking, name="undertaking"),
    path("koordination/seiten/", pages.operator_pages, name="operator_pages"),
    path("koordination/seiten/netzwerk/", identity.edit_identity, name="edit_identity"),
    path("logo/<int:version>/", identity.network_logo, name="network_logo"),
    path("koordination/mails/<int:pk>/senden/", undelivered.send_again, name="send_mail_again"),
    path("koordination/mails/<int:pk>/verwerfen/", undelivered.dismiss, name="dismiss_mail"),
    path("", include("ikone.finding.urls")),
    path("", include("ikone.statistics.urls")),
    path("", include("practices.adoption.urls")),
    path("gesuche/", include("exchange.urls")),
    path("praxis/", include("practices.urls")),
    path("mein/dokumente/", include("documents.urls")),
    path("mein/sammlungen/", include("practices.collecting.urls")),
    path("koordination/schlagworte/", include("practices.tagging.urls")),
    path("bausteine/", include("practices.blocks.urls")),
    path("themen/matrix/", include("practices.matrix.urls")),
    path("themen/", include("topics.urls")),
    path("staedte/", include("cities.urls")),
    path("", include("cities.people.network_urls")),
    path("", include("cities.joining.urls")),
    path("", include("cities.standing.urls")),
    path("produkte/", include("cities.products.urls")),
    path("konto/", include("accounts.urls")),
    path("konto/", include("accounts.login_urls")),
    path("darstellung/", appearance.choose_theme, name="choose_theme"),
    path("sprache/", appearance.choose_language, name="choose_language"),
    path("api/v1/", api.public_urls()),
    path("ui/", include("ui.urls")),
    path("admin/", admin.site.urls),
    path("gesund/", health.health, name="health"),
    path("", include("notifications.urls")),
    # Last, because they catch every remaining address of one step or two.
    path("<slug:slug>/", pages.operator_page, name="operator_page"),
    path("<slug:slug>/bearbeiten/", pages.edit_operator_page, name="edit_operator_page"),
    path("<slug:slug>/fassungen/", page_versions.page_versions, name="page_versions"),
    path("<slug:slug>/fassungen/<int:number>/", page_versions.page_version, name="page_version"),
]

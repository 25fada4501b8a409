"""Addresses of the practices app."""

from django.urls import URLPattern, path, register_converter
from django.urls.converters import StringConverter

from practices import similar
from practices.blocks import urls as blocks
from practices.files import urls as files
from practices.history import urls as history
from practices.importing import urls as importing
from practices.relations import urls as relations
from practices.transfer import views as transfer
from practices.views import (
    briefs,
    comparing,
    confirming,
    contacting,
    editing,
    keeping,
    listing,
    orphans,
    own,
    pages,
    reviews,
    workflow,
)


class StepConverter(StringConverter):
    """One of the steps that are a single button."""

    regex = "|".join(workflow.STEPS)


register_converter(StepConverter, "practice_step")

app_name = "practices"
urlpatterns: list[URLPattern] = [
    path("", listing.practice_list, name="list"),
    path("neu/", editing.new, name="new"),
    path("neu/sichern/", keeping.keep_new, name="keep_new"),
    path("eingaben/<int:pk>/verwerfen/", keeping.discard, name="discard"),
    path("angemeldet/", keeping.back, name="back"),
    path("staedte/", listing.city_suggestions, name="city_suggestions"),
    path("vergleich/", comparing.compare, name="compare"),
    path("vergleich.pdf", comparing.compare_file, name="compare_pdf"),
    path("aehnliche/", similar.check, name="similar_check"),
    path("<int:pk>/aehnliche/", similar.similar, name="similar"),
    path("meine/", own.own, name="own"),
    path("pruefung/", own.review_queue, name="review_queue"),
    path("aktuell/<str:token>/", confirming.still_true, name="still_true"),
    path("ohne-ansprechstelle/", orphans.orphans, name="orphans"),
    path("fragen/<int:pk>/weitergeben/", contacting.pass_on, name="pass_on"),
    path("fragen/<int:pk>/antworten/", contacting.answer, name="answer_request"),
    path("<int:pk>/", pages.detail, name="short"),
    path("<int:pk>/bearbeiten/", editing.overview, name="edit"),
    path("<int:pk>/bearbeiten/<slug:slug>/", editing.section, name="section"),
    path("<int:pk>/bearbeiten/<slug:slug>/sichern/", keeping.keep, name="keep"),
    path("<int:pk>/fragen/", contacting.ask_city, name="ask_city"),
    path("<int:pk>/passt-das/", transfer.transfer, name="transfer"),
    path("<int:pk>/passt-das/<slug:line>/", transfer.clarify, name="clarify"),
    path("<int:pk>/zurueckgeben/", workflow.send_back, name="send_back"),
    path("<int:pk>/archivieren/", workflow.archive, name="archive"),
    path("<int:pk>/wieder-oeffnen/", workflow.reopen, name="reopen"),
    path("<int:pk>/meinung/", reviews.opinion, name="opinion"),
    path("<int:pk>/meinung/zurueckziehen/", reviews.withdraw_opinion, name="withdraw_opinion"),
    path("<int:pk>/<practice_step:name>/", workflow.take_step, name="step"),
    *blocks.of_practice,
    *files.urlpatterns,
    *history.urlpatterns,
    *importing.urlpatterns,
    *relations.urlpatterns,
    path("<int:pk>-<slug:slug>/", pages.detail, name="detail"),
    path("<int:pk>-<slug:slug>/kurzfassung/", briefs.brief, name="brief"),
    path("<int:pk>-<slug:slug>/kurzfassung.pdf", briefs.brief_file, name="brief_pdf"),
]

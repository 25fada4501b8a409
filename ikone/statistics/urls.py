"""Addresses of figures and report."""

from django.urls import path

from ikone.statistics import report_views, views

urlpatterns = [
    path("koordination/statistik/", views.statistics_page, name="statistics"),
    path("koordination/statistik/<slug:what>/", views.records, name="statistics_records"),
    path("koordination/bericht/", report_views.reports, name="reports"),
    path("koordination/bericht/<int:pk>/pdf/", report_views.report_pdf, name="report_pdf"),
    path("koordination/bericht/<int:pk>/xlsx/", report_views.report_sheet, name="report_sheet"),
]

"""Answers that are pieces of a page, files or for machines, so that they are no HTML documents."""

from tests.sweeps.finding_rows import PIECES

NO_DOCUMENTS = {
    *PIECES,
    "accounts:export",
    "collections:table",
    "documents:file",
    "exchange:known",
    "health",
    "matrix:sheet",
    "topics:ozg_download",
    "mfa_download_recovery_codes",
    "practices:brief_pdf",
    "practices:compare_pdf",
    "practices:city_suggestions",
    "adoption:file",
    "blocks:part",
    "blocks:suggest",
    "practices:file",
    "practices:picture",
    "practices:keep",
    "practices:keep_new",
    "report_pdf",
    "report_sheet",
}

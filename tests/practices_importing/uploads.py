"""Bringing a document and sending its preview back, as a browser does."""

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from practices.models import ImportedDocument


def upload(
    client: Client, content: bytes, name: str = "Bericht.docx", address: str = "/praxis/neu/import/"
) -> Any:
    return client.post(address, {"file": SimpleUploadedFile(name, content)})


def brought(client: Client, content: bytes, **where: str) -> ImportedDocument:
    response = upload(client, content, **where)
    assert response.status_code == 302, response.content.decode()
    document = ImportedDocument.objects.latest("pk")
    assert response.headers["Location"] == document.get_absolute_url()
    return document


def sent(client: Client, document: ImportedDocument, **changes: Any) -> Any:
    """The preview sent back as it is offered, with some values changed."""
    form = client.get(document.get_absolute_url()).context["form"]
    values = {field.html_name: field.value() for field in form if field.value() not in (None, False, "")}
    return client.post(document.get_absolute_url(), values | changes)

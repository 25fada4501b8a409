"""What write-ups hold of a person."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.db.models import Q

from accounts.models import User
from accounts.privacy import PrivacySource
from accounts.privacy.contacts import PARTS, clear_contacts, contacts_of
from accounts.privacy.reading import Rows
from practices.models import (
    Adoption,
    AdoptionAsk,
    AdoptionFile,
    AdoptionStep,
    Attachment,
    BlockPart,
    BuildingBlock,
    ConfirmationAsk,
    ContactRequest,
    ImportedDocument,
    Practice,
    Presence,
    Review,
    TransferNote,
    WorkflowStep,
    WorkingCopy,
)

PREFIXES = ("contact", "deputy")


def _export(person: User) -> dict[str, Any]:
    asked = _asks(person)
    return {
        "written": Rows(
            Practice.objects.filter(created_by=person), "title", "city__name", "status", "created_at"
        ),
        "last_changed_by_you": Rows(
            Practice.objects.filter(updated_by=person), "title", "city__name", "updated_at"
        ),
        "contact_of": Rows(
            contacts_of(person, Practice.objects.all(), *PREFIXES), "title", "city__name", "status"
        ),
        "building_blocks": Rows(
            BuildingBlock.objects.filter(created_by=person), "title", "city__name", "created_at"
        ),
        "uploaded_files": Rows(
            Attachment.objects.filter(uploaded_by=person),
            "practice__title",
            "title",
            "original_name",
            "uploaded_at",
        ),
        "uploaded_to_building_blocks": Rows(
            BlockPart.objects.filter(uploaded_by=person),
            "version__block__title",
            "title",
            "original_name",
            "url",
            "uploaded_at",
        ),
        "documents_taken_in": Rows(
            ImportedDocument.objects.filter(created_by=person), "name", "practice__title", "created_at"
        ),
        "typed_and_not_saved": Rows(
            WorkingCopy.objects.filter(author=person), "section", "values", "saved_at"
        ),
        "steps": Rows(WorkflowStep.objects.filter(by=person), "practice__title", "step", "remark", "at"),
        "opinions": Rows(
            Review.objects.filter(author=person),
            "practice__title",
            "verdict",
            "convinced",
            "caution",
            "given_on",
            "withdrawn_at",
        ),
        "adoptions": Rows(
            Adoption.objects.filter(Q(created_by=person) | Q(updated_by=person) | Q(confirmed_by=person)),
            "city__name",
            "practice__title",
            "block__title",
            "stage",
            "created_at",
            "confirmed_on",
        ),
        "contact_of_adoptions": Rows(
            contacts_of(person, Adoption.objects.all(), "contact"), "city__name", "stage"
        ),
        "clarified_for_own_city": Rows(
            TransferNote.objects.filter(noted_by=person),
            "practice__title",
            "city__name",
            "line",
            "verdict",
            "note",
            "noted_at",
        ),
        "steps_of_adoptions": Rows(
            AdoptionStep.objects.filter(by=person), "adoption__city__name", "stage", "remark", "at"
        ),
        "files_of_adoptions": Rows(
            AdoptionFile.objects.filter(uploaded_by=person), "title", "original_name", "uploaded_at"
        ),
        "asked_to_confirm_adoptions": Rows(
            AdoptionAsk.objects.filter(person=person), "adoption__city__name", "asked_at", "closed_at"
        ),
        "questions_to_cities": Rows(
            ContactRequest.objects.filter(sender=person),
            "practice__title",
            "text",
            "state",
            "answer",
            "sent_at",
        ),
        "asked_whether_it_holds": Rows(asked, "round__practice__title", "level", "asked_at", "answered_at"),
    }


def _asks(person: User) -> Any:
    return ConfirmationAsk.objects.filter(Q(person=person) | Q(email__iexact=person.email))


def _erase(person: User) -> None:
    clear_contacts(person, Practice.objects.all(), *PREFIXES)
    clear_contacts(person, apps.get_model("practices", "PracticeEvent").objects.all(), *PREFIXES)
    clear_contacts(person, Adoption.objects.all(), "contact")
    clear_contacts(person, apps.get_model("practices", "AdoptionEvent").objects.all(), "contact")
    AdoptionAsk.objects.filter(person=person).delete()
    _asks(person).update(email="", person=None)
    WorkingCopy.objects.filter(author=person).delete()
    _unname_in_unsaved(person)
    Presence.objects.filter(user=person).delete()
    ImportedDocument.objects.filter(created_by=person, taken_over_at=None).delete()
    ContactRequest.objects.filter(sender=person).delete()


def _unname_in_unsaved(person: User) -> None:
    """Take the person out as a contact of what others have typed or brought and not saved yet.

    As in the record itself only the contact's fields go; what others say in their texts stays.
    """
    said = {value.casefold() for value in (person.name, person.email, person.phone) if value}
    for copy in WorkingCopy.objects.filter(_mentions("values", person)).iterator():
        kept = {name: [_unnamed(name, text, said) for text in texts] for name, texts in copy.values.items()}
        if kept != copy.values:
            WorkingCopy.objects.filter(pk=copy.pk).update(values=kept)
    for document in ImportedDocument.objects.filter(_mentions("facts", person)).iterator():
        facts = {name: _unnamed(name, text, said) for name, text in document.facts.items()}
        facts = {name: text for name, text in facts.items() if text}
        if facts != document.facts:
            ImportedDocument.objects.filter(pk=document.pk).update(facts=facts)


def _mentions(field: str, person: User) -> Q:
    """Rows worth looking at; the fields of their contacts decide."""
    named = Q()
    for prefix in PREFIXES:
        for part in PARTS:
            if value := getattr(person, part):
                named |= Q(**{f"{field}__{prefix}_{part}__icontains": value})
    return named


def _unnamed(name: str, text: str, said: set[str]) -> str:
    prefix, _line, part = name.rpartition("_")
    is_contact = prefix in PREFIXES and part in PARTS
    return "" if is_contact and text.strip().casefold() in said else text


PRACTICES = PrivacySource("practices", _export, _erase)

"""What write-ups hold of a person."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.db.models import Q

from accounts.models import User
from accounts.privacy import PrivacySource
from accounts.privacy.contacts import clear_contacts, contacts_of
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
    WorkflowStep,
    WorkingCopy,
)

PREFIXES = ("contact", "deputy")


def _export(person: User) -> dict[str, Any]:
    asked = _asks(person)
    return {
        "written": list(
            Practice.objects.filter(created_by=person).values("title", "city__name", "status", "created_at")
        ),
        "last_changed_by_you": list(
            Practice.objects.filter(updated_by=person).values("title", "city__name", "updated_at")
        ),
        "contact_of": list(
            contacts_of(person, Practice.objects.all(), *PREFIXES).values("title", "city__name", "status")
        ),
        "building_blocks": list(
            BuildingBlock.objects.filter(created_by=person).values("title", "city__name", "created_at")
        ),
        "uploaded_files": list(
            Attachment.objects.filter(uploaded_by=person).values(
                "practice__title", "title", "original_name", "uploaded_at"
            )
        ),
        "uploaded_to_building_blocks": list(
            BlockPart.objects.filter(uploaded_by=person).values(
                "version__block__title", "title", "original_name", "url", "uploaded_at"
            )
        ),
        "documents_taken_in": list(
            ImportedDocument.objects.filter(created_by=person).values("name", "practice__title", "created_at")
        ),
        "typed_and_not_saved": list(
            WorkingCopy.objects.filter(author=person).values("section", "values", "saved_at")
        ),
        "steps": list(
            WorkflowStep.objects.filter(by=person).values("practice__title", "step", "remark", "at")
        ),
        "opinions": list(
            Review.objects.filter(author=person).values(
                "practice__title", "verdict", "convinced", "caution", "given_on", "withdrawn_at"
            )
        ),
        "questions_to_cities": list(
            ContactRequest.objects.filter(sender=person).values(
                "practice__title", "text", "state", "answer", "sent_at"
            )
        ),
        "adoptions": list(
            Adoption.objects.filter(
                Q(created_by=person) | Q(updated_by=person) | Q(confirmed_by=person)
            ).values("city__name", "practice__title", "block__title", "stage", "created_at", "confirmed_on")
        ),
        "contact_of_adoptions": list(
            contacts_of(person, Adoption.objects.all(), "contact").values("city__name", "stage")
        ),
        "steps_of_adoptions": list(
            AdoptionStep.objects.filter(by=person).values("adoption__city__name", "stage", "remark", "at")
        ),
        "files_of_adoptions": list(
            AdoptionFile.objects.filter(uploaded_by=person).values("title", "original_name", "uploaded_at")
        ),
        "asked_to_confirm_adoptions": list(
            AdoptionAsk.objects.filter(person=person).values("adoption__city__name", "asked_at", "closed_at")
        ),
        "asked_whether_it_holds": list(
            asked.values("round__practice__title", "level", "asked_at", "answered_at")
        ),
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
    Presence.objects.filter(user=person).delete()
    ImportedDocument.objects.filter(created_by=person, practice=None).delete()
    ContactRequest.objects.filter(sender=person).delete()


PRACTICES = PrivacySource("practices", _export, _erase)

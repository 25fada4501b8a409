"""A small network in which everything exists that could leak, and the people who might see it."""

import uuid
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Any, cast

from django.utils import timezone

from accounts.models import User
from cities import search_entry as city_entry
from cities.enums import NetworkStatus, Role
from cities.models import City, Invitation, Product
from cities.people.actions import hash_of
from documents.models import Build
from exchange.models import Request
from ikone.models import SavedSearch
from notifications.models import OutgoingMail
from practices import search_entry as practice_entry
from practices.editing import copies
from practices.enums import AskLevel, RequestState, Status, Visibility
from practices.models import (
    Attachment,
    BuildingBlock,
    Collection,
    ConfirmationAsk,
    ConfirmationRound,
    ContactRequest,
    ImportedDocument,
    ImportedPart,
    Practice,
    WorkingCopy,
)
from search import vocabulary
from search.models import Synonym
from tests import factories
from tests.exchange.rows import make_requests
from tests.factories import PASSWORD
from tests.practices.blocks.rows import make_blocks
from tests.support.adoptions import ADOPTED, ADOPTED_ANONYMOUSLY, Adoptions
from tests.support.desk import WISH, OnDesk, make_desk
from tests.support.fitting import CLARIFIED, CONTRACT, clarify, make_product_in_use
from tests.support.map_things import OnMap, make_on_map
from tests.support.papers import COLLECTED, NOTED, ORDERED, make_build, make_collections
from tests.support.pictures import attach_pictures
from tests.support.sessions import Sessions
from topics import search_entry as topic_entry
from topics.models import Leadership, Service, ServiceProgress, Topic


class Who(StrEnum):
    """Who asks. `AUTHOR`, `MANAGER` and `LEADER` act for the city that has the secrets."""

    VISITOR = "visitor"
    AUTHOR = "author"
    COLLEAGUE = "colleague"
    MANAGER = "manager"
    LEADER = "leader"
    STRANGER = "stranger"
    COORDINATOR = "coordinator"
    STAFF = "staff"


EMAILS = {who.value: f"{who}@example.org" for who in Who if who != Who.VISITOR}
NOBODY: frozenset[Who] = frozenset()
EVERYBODY = frozenset(Who)
MEMBERS = EVERYBODY - {Who.VISITOR}
COORDINATION = frozenset({Who.COORDINATOR})
OWN_CITY = frozenset({Who.AUTHOR, Who.COLLEAGUE, Who.MANAGER, Who.LEADER})
MANAGEMENT = frozenset({Who.MANAGER, Who.COORDINATOR})

DRAFT, IN_REVIEW = "Entwurfsgeheimnis", "Prüfungsgeheimnis"
NETWORK, ANONYMOUS = "Netzgeheimnis", "Namensgeheimnis"
TYPED, UPLOADED, LEFT_OVER = "Eingabegeheimnis", "Uploadgeheimnis", "Restgeheimnis"
INVITED, KEPT = "eingeladen@example.org", "Suchgeheimnis"
INVITATION_TOKEN, CONFIRMATION_TOKEN = "ein-gueltiges-wort", "noch-ein-gueltiges-wort"
WHOM_TO_ASK, QUESTION = "Stellengeheimnis", "Fragegeheimnis"
BLOCK_DRAFT, BLOCK_NETWORK = "Bausteinentwurf", "Netzbaustein"
SOUGHT = "Gesuchgeheimnis"
# What must not appear in any answer to anybody else.
SECRETS: dict[str, frozenset[Who]] = {
    DRAFT: OWN_CITY | COORDINATION,
    IN_REVIEW: OWN_CITY | COORDINATION,
    NETWORK: MEMBERS - {Who.STAFF},
    ANONYMOUS: MEMBERS - {Who.STAFF},
    INVITED: MANAGEMENT,
    BLOCK_DRAFT: OWN_CITY | COORDINATION,
    BLOCK_NETWORK: MEMBERS - {Who.STAFF},
    WHOM_TO_ASK: MEMBERS - {Who.STAFF},
    SOUGHT: MEMBERS - {Who.STAFF},
    QUESTION: frozenset({Who.STRANGER, Who.COORDINATOR}),
    WISH: COORDINATION,
    ADOPTED: MEMBERS - {Who.STAFF},  # not confirmed yet
    ADOPTED_ANONYMOUSLY: OWN_CITY | {Who.STRANGER, Who.COORDINATOR},
    TYPED: frozenset({Who.AUTHOR}),
    UPLOADED: frozenset({Who.AUTHOR}),
    LEFT_OVER: MANAGEMENT | {Who.AUTHOR},
    KEPT: frozenset({Who.AUTHOR}),
    **dict.fromkeys([ORDERED, COLLECTED], frozenset({Who.AUTHOR})),
    NOTED: OWN_CITY | COORDINATION,  # beside a draft
    CONTRACT: MEMBERS - {Who.STAFF},
    CLARIFIED: frozenset({Who.STRANGER}),
}


@dataclass
class World(Sessions):
    city: City
    other_city: City
    outside_city: City
    topic: Topic
    subtopic: Topic
    leadership: Leadership
    service: Service
    on_map: OnMap
    invitation: Invitation
    people: dict[Who, User]
    published: Practice
    draft: Practice
    in_review: Practice
    network: Practice
    anonymous: Practice
    archived: Practice
    blocks: dict[str, BuildingBlock]  # open, draft and network; the published write-up uses all
    attachments: dict[int, Attachment]  # by write-up; each has one, a picture
    adoptions: Adoptions  # by the stranger's city
    question: ContactRequest
    requests: dict[str, Request]  # open and network; each answered by who asked
    undelivered: OutgoingMail
    working_copy: WorkingCopy
    document: ImportedDocument  # uploaded by the author and not taken over yet
    saved_search: SavedSearch
    product: Product  # that the city uses
    synonym: Synonym
    on_desk: OnDesk
    collections: dict[str, Collection]  # of the author: private and network; each has a draft in it
    build: Build  # a document that the author has ordered


def make_world() -> World:
    city = factories.make_city(
        "Geheimnisstadt", slug="geheimnisstadt", portrait="<p>Hier begann die Aktenführung.</p>"
    )
    other = factories.make_city("Nachbarstadt", slug="nachbarstadt")
    outside = factories.make_city("Fernstadt", slug="fernstadt", status=NetworkStatus.OUTSIDE)
    topic = factories.make_topic("Verwaltung", slug="verwaltung", synonyms=["Amt"])
    subtopic = factories.make_topic("Aktenführung", slug="aktenfuehrung", parent=topic)
    people = {
        Who.AUTHOR: factories.make_user(
            Role.AUTHOR, city=city, email="author@example.org", password=PASSWORD
        ),
        Who.COLLEAGUE: factories.make_user(
            Role.AUTHOR, city=city, email="colleague@example.org", password=PASSWORD
        ),
        Who.MANAGER: factories.make_user(
            Role.MANAGER, city=city, email="manager@example.org", password=PASSWORD
        ),
        Who.LEADER: factories.make_user(
            Role.LEADER, city=city, email="leader@example.org", password=PASSWORD
        ),
        Who.STRANGER: factories.make_user(
            Role.MANAGER, city=other, email="stranger@example.org", password=PASSWORD
        ),
        Who.COORDINATOR: factories.make_coordinator(email="coordinator@example.org", password=PASSWORD),
        Who.STAFF: factories.make_user(
            is_staff=True, is_superuser=True, email="staff@example.org", password=PASSWORD
        ),
    }
    factories.give_second_factor(people[Who.STAFF])

    def practice(title: str, status: Status, visibility: Visibility) -> Practice:
        return factories.make_practice(
            title,
            city=city,
            topics=[subtopic, topic],
            status=status,
            visibility=visibility,
            created_by=people[Who.AUTHOR],
            updated_by=people[Who.AUTHOR],
        )

    practices = {
        "published": practice("Offenes Beispiel", Status.PUBLISHED, Visibility.PUBLIC),
        "draft": practice(DRAFT, Status.DRAFT, Visibility.PUBLIC),
        "in_review": practice(IN_REVIEW, Status.IN_REVIEW, Visibility.PUBLIC),
        "network": practice(NETWORK, Status.PUBLISHED, Visibility.NETWORK),
        "anonymous": practice(ANONYMOUS, Status.PUBLISHED, Visibility.ANONYMOUS),
        "archived": practice("Altes Beispiel", Status.ARCHIVED, Visibility.PUBLIC),
    }
    former = factories.make_user(email="former@example.org", is_active=False)
    Practice.objects.filter(pk=practices["network"].pk).update(contact_user=former)
    factories.make_coordinator(email="second-coordinator@example.org")
    topic_entry.refresh(topic)
    topic_entry.refresh(subtopic)
    city_entry.refresh(city)
    left_over = ImportedDocument.objects.create(
        name="Bericht.docx", practice=practices["published"], taken_over_at=timezone.now()
    )
    ImportedPart.objects.create(document=left_over, position=0, text=f"<p>{LEFT_OVER}</p>")
    document = ImportedDocument.objects.create(
        name=UPLOADED, created_by=people[Who.AUTHOR], facts={"licence": "EUPL-1.2"}, losses=[["comments", 2]]
    )
    ImportedPart.objects.create(document=document, position=0, heading="Kosten", text="<p>Viel.</p>")
    ImportedPart.objects.create(document=document, position=1, section="solution", text="<p>So.</p>")
    OutgoingMail.objects.create(to="somebody@example.org", subject="Eine Nachricht", text="Ein Text.")
    undelivered = OutgoingMail.objects.create(to="away@example.org", subject="Noch eine", last_error="x")
    OutgoingMail.objects.filter(pk=undelivered.pk).update(created_at=timezone.now() - timedelta(days=1))
    ConfirmationAsk.objects.create(
        round=ConfirmationRound.objects.create(practice=practices["published"]),
        level=AskLevel.CONTACT,
        email="digitalisierung@example.org",
        expires_at=timezone.now() + timedelta(days=90),
        token_hash=hash_of(CONFIRMATION_TOKEN),
    )
    blocks = make_blocks(
        {"open": "Offener Leitfaden", "draft": BLOCK_DRAFT, "network": BLOCK_NETWORK},
        by=people[Who.AUTHOR],
        city=city,
        topic=subtopic,
        practice=practices["published"],
    )
    practice_entry.refresh(practices["published"])  # it has blocks now
    requests = make_requests(
        {"open": "Aktenplan für alle Ämter", "network": SOUGHT},
        by=people[Who.AUTHOR],
        city=city,
        topic=subtopic,
        practice=practices["network"],
    )
    vocabulary.learn()
    question = ContactRequest.objects.create(
        practice=practices["anonymous"],
        sender=people[Who.STRANGER],
        text=QUESTION,
        state=RequestState.WAITING,
        key=uuid.uuid4(),
    )
    service = factories.make_service(field=subtopic)
    ServiceProgress.objects.create(service=service, city=city, state="live", office=WHOM_TO_ASK)
    clarify(practices["published"], city=other)
    return World(
        product=make_product_in_use(city),
        service=service,
        city=city,
        other_city=other,
        outside_city=outside,
        topic=topic,
        subtopic=subtopic,
        leadership=factories.make_leadership(topic=subtopic, city=city),
        on_map=make_on_map(practices["published"], other, topic),
        invitation=Invitation.objects.create(
            email=INVITED,
            city=city,
            role=Role.AUTHOR,
            token_hash=hash_of(INVITATION_TOKEN),
            invited_by=people[Who.MANAGER],
            expires_at=timezone.now() + timedelta(days=14),
        ),
        people=people,
        blocks=blocks,
        attachments=attach_pictures(practices.values(), by=people[Who.AUTHOR]),
        document=document,
        **cast(dict[str, Any], practices),
        adoptions=Adoptions.of(practices, city=other, by=people[Who.STRANGER], asked=people[Who.AUTHOR]),
        question=question,
        requests=requests,
        undelivered=undelivered,
        working_copy=copies.keep(
            by=people[Who.AUTHOR],
            section="geschichte",
            values={"approach": [TYPED]},
            practice=practices["draft"],
        ),
        saved_search=SavedSearch.objects.create(
            user=people[Who.AUTHOR], name=KEPT, address="/suche/?q=Aktenplan"
        ),
        synonym=Synonym.objects.create(terms=["Aktenplan", "Ablageplan"]),
        on_desk=make_desk(outside, practices["published"]),
        collections=make_collections(people[Who.AUTHOR], practices["draft"], practices["published"]),
        build=make_build(people[Who.AUTHOR]),
    )

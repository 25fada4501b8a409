"""The record of what a city has learned, and what belongs to it. One module for each part of the record."""

from practices.models.adoption import Adoption, AdoptionAsk, AdoptionFigure, AdoptionFile, AdoptionStep
from practices.models.blocks import BlockPart, BlockVersion, BuildingBlock, PracticeBlock
from practices.models.collecting import Collection, CollectionItem, CollectionReader
from practices.models.confirmation import ConfirmationAsk, ConfirmationRound
from practices.models.contact_request import ContactRequest
from practices.models.figures import Figure, Funding, Indicator, UsedProduct
from practices.models.files import Attachment, StoredFile
from practices.models.importing import ImportedDocument, ImportedPart, ImportedPicture
from practices.models.islands import Island, IslandLook
from practices.models.links import PartnerCity, PracticeTag
from practices.models.practice import Practice, PracticeTopic, slug_of
from practices.models.relations import Relation
from practices.models.review import Review
from practices.models.services import PracticeService
from practices.models.tagging import TagChange
from practices.models.transfer import TransferNote
from practices.models.typing import Presence, WorkingCopy
from practices.models.workflow import WorkflowStep

__all__ = [
    "Adoption",
    "AdoptionAsk",
    "AdoptionFigure",
    "AdoptionFile",
    "AdoptionStep",
    "Attachment",
    "BlockPart",
    "BlockVersion",
    "BuildingBlock",
    "Collection",
    "CollectionItem",
    "CollectionReader",
    "ConfirmationAsk",
    "ConfirmationRound",
    "ContactRequest",
    "Figure",
    "Funding",
    "ImportedDocument",
    "ImportedPart",
    "ImportedPicture",
    "Indicator",
    "Island",
    "IslandLook",
    "PartnerCity",
    "Practice",
    "PracticeBlock",
    "PracticeService",
    "PracticeTag",
    "PracticeTopic",
    "Presence",
    "Relation",
    "Review",
    "StoredFile",
    "TagChange",
    "TransferNote",
    "UsedProduct",
    "WorkflowStep",
    "WorkingCopy",
    "slug_of",
]

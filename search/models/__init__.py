from search.models.bitmap import Bitmap, BitmapKind, Stale
from search.models.change import Change
from search.models.entry import Audience, Entry
from search.models.teaching import Miss, Synonym
from search.models.vocabulary import NewWord, Word, WordCount

__all__ = [
    "Audience",
    "Bitmap",
    "BitmapKind",
    "Change",
    "Entry",
    "Miss",
    "NewWord",
    "Stale",
    "Synonym",
    "Word",
    "WordCount",
]

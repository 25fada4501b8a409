from search.models.bitmap import Bitmap, BitmapKind, Stale
from search.models.change import Change
from search.models.entry import Audience, Entry
from search.models.teaching import OWN_LIST, Miss, Synonym
from search.models.vocabulary import NewWord, Word, WordCount

__all__ = [
    "OWN_LIST",
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

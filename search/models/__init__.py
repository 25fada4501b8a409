from search.models.change import Change
from search.models.entry import Audience, Entry, Tally
from search.models.teaching import Miss, Synonym
from search.models.vocabulary import NewWord, Word, WordCount

__all__ = ["Audience", "Change", "Entry", "Miss", "NewWord", "Synonym", "Tally", "Word", "WordCount"]

"""Words that say nothing about what is searched: they are not entered, and in a question they do not count."""

from search.analysis.words import fold

# Articles, pronouns, prepositions, conjunctions, auxiliary verbs, and what questions are made of.
_WORDS = """
ab aber alle allem allen aller alles als also am an ander andere anderem anderen anderer anderes auch auf aus bei beim
bereits bin bis bist bzw da dabei dadurch dafür dagegen daher damit danach daran darauf daraus darf darin darum darüber
das dass davon dazu dein deine deinem deinen deiner dem den denen denn der deren derer des dessen deshalb die dies diese
diesem diesen dieser dieses doch dort du durch durften dürfen dürfte ein eine einem einen einer eines einige einigem
einigen einiger einiges einmal er erst es etwa etwas euch euer eure für ganz gar geben gegen gegeben gemacht gewesen gibt
ggf hab habe haben hat hatte hatten hier hin hinter ich ihm ihn ihnen ihr ihre ihrem ihren ihrer ihres im immer in indem
ins ist ja je jede jedem jeden jeder jedes jedoch jene jenem jenen jener jenes jetzt kann kein keine keinem keinen keiner
keines könnte könnten können machen macht man manche manchem manchen mancher manches mehr mein meine meinem meinen meiner
mich mir mit muss musste müssen nach nachdem nicht nichts noch nun nur ob oder ohne schon sehr sein seine seinem seinen
seiner seines seit sich sie sind so sobald sodass solche solchem solchen solcher solches soll sollen sollte sollten somit
sondern sonst sowie über um und uns unser unsere unserem unseren unserer unter usw viel viele vielen vom von vor während
war waren was weil weiter welche welchem welchen welcher welches wenn wer werde werden wie wieder wieso weshalb warum will
wir wird wirst wo wobei wodurch wofür woher wollen wollte womit woran worauf worin worüber wovon wozu wurde wurden würde
würden z zu zum zur zwar zwischen
"""
# Said around the thing itself in questions; entered all the same, since as the only words they may be meant.
_TALK = """
anfangen beispiel beispiele bekommen besten bitte brauchen brauche erfahrung erfahrungen fragen gemeinde gemeinden gemeinsam
gesucht gut gute guten hilfe hilft kommune kommunen lösung lösungen möchte möchten praxis projekt projekte sinnvoll stadt
städte städten suche suchen tipps umgehen umgesetzt umsetzen einführen eingeführt einführung verwaltung verwaltungen
"""

STOP_WORDS = frozenset(fold(word) for word in _WORDS.split())
TALK = frozenset(fold(word) for word in _TALK.split())

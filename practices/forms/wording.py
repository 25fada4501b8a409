"""What helps to fill the editor: a sentence and an example for each field, and what to say if it is empty."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

HELP: dict[str, Promise] = {
    "title": _("Worum geht es? So kurz, dass man es im Vorbeigehen versteht."),
    "summary": _("Was haben Sie getan, und was hat es gebracht? Höchstens 280 Zeichen."),
    "kind": _("Auch was nicht gelungen ist, hilft anderen weiter."),
    "phase": _("Wie weit ist es heute?"),
    "city": _("Für welche Stadt schreiben Sie?"),
    "primary_topic": _("Unter diesem Thema finden andere Ihren Beitrag zuerst."),
    "further_topics": _("Nur wenn der Beitrag auch dort gesucht wird, höchstens fünf."),
    "starting_point": _("Was war das Problem, und für wen?"),
    "solution": _("Was haben Sie gemacht? So, dass es jemand versteht, der nicht dabei war."),
    "lessons": _("Das liest jede andere Stadt zuerst. Ein ehrlicher Satz genügt."),
    "stop_reason": _("Nur für beendete Vorhaben: Was hat den Ausschlag gegeben?"),
    "visibility": _(
        "„Anonym im Netzwerk“: Mitglieder lesen den Text, aber Stadt und Namen kennt nur die Koordination."
    ),
    "contact_name": _("Eine Stelle überdauert Personalwechsel."),
    "contact_email": _("Eine Adresse oder eine Nummer genügt. Beide werden mit dem Beitrag gezeigt."),
    "deputy_name": _("Wen fragt man, wenn die erste Stelle nicht zu erreichen ist?"),
    "partner_cities": _("Mit wem haben Sie es gemeinsam gemacht? Eine Stadt oder Gemeinde je Zeile."),
    "keywords": _("Wörter, nach denen jemand suchen würde. Durch Kommas getrennt."),
    "source_url": _("Eine Seite, auf der mehr darüber steht. Die Adresse beginnt mit https://."),
    "source_name": _("Wie heißt diese Seite, und von wann ist sie?"),
    "approach": _("Welche Schritte, in welcher Reihenfolge, mit wem?"),
    "results": _("Was hat sich messbar oder spürbar geändert? Zahlen bitte mit Zeitraum."),
    "obstacles": _("Was hat aufgehalten, was war ein Irrweg?"),
    "prerequisites": _("Was muss eine Stadt haben oder können, bevor sie beginnt?"),
    "adaptation": _("Was hängt an Ihrer Stadt und sieht anderswo anders aus?"),
    "unsuitable_for": _("Wem würden Sie abraten?"),
    "legal": _("Satzungen, Vergabe, Datenschutz-Folgenabschätzung, Verträge."),
    "licence": _("Nur wenn Sie etwas weitergeben, das andere nutzen dürfen."),
    "repository_url": _("Wo liegt der Quelltext, wenn er offen ist?"),
    "standards": _("Woran müssen andere ihre Verfahren anschließen?"),
    "procurement": _("Wie haben Sie es gekauft oder beauftragt?"),
    "offers": _("Was dürfen andere von Ihnen erbitten?"),
    "offer_note": _("Wie fragt man danach, und was gilt dabei?"),
    "maintained_until": _("Bis wann ist der Betrieb gesichert? Ein Jahr genügt."),
}

EXAMPLES: dict[str, Promise] = {
    "title": _("Bodenfeuchte-Sensoren steuern das Wässern der Stadtbäume"),
    "summary": _("Menschen melden Mängel ohne Anmeldung; die Meldung geht sofort an die zuständige Stelle."),
    "starting_point": _(
        "Bauanträge kamen auf Papier. Sie lagen oft tagelang, bevor jemand sah, dass Unterlagen fehlten. "
        "Das traf vor allem Menschen, die zum ersten Mal bauen."
    ),
    "solution": _(
        "Anträge kommen über ein Formular, das die Unterlagen prüft, bevor es sie annimmt. "
        "Die Sachbearbeitung bekommt sie vollständig und am selben Tag."
    ),
    "lessons": _("Wir würden den Personalrat schon vor der Auswahl der Software einbeziehen."),
    "stop_reason": _(
        "Die Technik lief, aber niemand konnte den Betrieb dauerhaft übernehmen. Nach dem Ende der Förderung "
        "fehlte die Stelle."
    ),
    "contact_name": _("Stabsstelle Digitalisierung"),
    "keywords": _("LoRaWAN, Bodenfeuchte, Bewässerung"),
    "source_name": _("Pressemitteilung der Stadt vom 4. Mai 2024"),
    "approach": _(
        "Zuerst zwei Ämter, die wollten. Nach drei Monaten die Fehler behoben, dann die Schulung für alle. "
        "Dabei waren IT, Personalrat und zwei Sachbearbeiterinnen."
    ),
    "results": _(
        "Von Januar bis Juni 2024 kamen acht von zehn Anträgen vollständig an, vorher war es jeder zweite."
    ),
    "obstacles": _(
        "Die Schnittstelle zum Fachverfahren kam ein halbes Jahr zu spät. Wir hätten den Start nicht "
        "ankündigen sollen, bevor sie lief."
    ),
    "prerequisites": _("Eine elektronische Akte im Bauamt und eine Person, die das Fachverfahren kennt."),
    "adaptation": _("Die Liste der Unterlagen folgt unserer Landesbauordnung."),
    "unsuitable_for": _("Für Ämter mit weniger als zwanzig Anträgen im Jahr lohnt der Aufwand nicht."),
    "legal": _("Auftragsverarbeitung mit dem Anbieter; eine Folgenabschätzung war nicht nötig."),
}

MISSING: dict[str, Promise] = {
    "title": _("Bitte geben Sie dem Beitrag einen Titel."),
    "summary": _("Bitte sagen Sie in einem Satz, worum es geht."),
    "topics": _("Bitte wählen Sie ein Thema."),
    "starting_point": _("Bitte beschreiben Sie, wie es vorher war."),
    "solution": _("Bitte beschreiben Sie, was Sie gemacht haben."),
    "lessons": _("Bitte schreiben Sie, was Sie anders machen würden, und sei es ein Satz."),
    "stop_reason": _("Bitte schreiben Sie, warum das Vorhaben beendet wurde."),
    "contact_name": _("Bitte nennen Sie eine Stelle oder Person, die Fragen beantwortet."),
    "contact_email": _("Bitte geben Sie eine E-Mail-Adresse oder eine Telefonnummer an."),
}

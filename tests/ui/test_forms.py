"""Forms in KERN markup: labels, hints, errors and the summary belong together."""

import re

from django import forms

from ui.forms import ListField, RichTextField
from ui.forms.merging import as_text


class Example(forms.Form):
    title = forms.CharField(label="Titel", max_length=10, help_text="Kurz.")
    note = forms.CharField(label="Notiz", required=False)
    kind = forms.ChoiceField(label="Art", choices=[("a", "A"), ("b", "B")], widget=forms.RadioSelect)
    topics = forms.MultipleChoiceField(
        label="Themen", choices=[("1", "Eins")], widget=forms.CheckboxSelectMultiple, required=False
    )
    phase = forms.ChoiceField(label="Stand", choices=[("x", "X")])
    agrees = forms.BooleanField(label="Einverstanden")
    secret = forms.CharField(widget=forms.HiddenInput, required=False)


def ids(html: str) -> list[str]:
    return re.findall(r'\sid="([^"]+)"', html)


def targets(html: str) -> set[str]:
    described = re.findall(r'aria-describedby="([^"]+)"', html)
    linked = re.findall(r'href="#([^"]+)"', html) + re.findall(r'for="([^"]+)"', html)
    return {target for group in described for target in group.split()} | set(linked)


def test_every_label_hint_and_link_points_to_something() -> None:
    for form in (Example(), Example({"title": "viel zu lang für das Feld"})):
        html = str(form)
        assert targets(html) <= set(ids(html))
        assert len(ids(html)) == len(set(ids(html)))


def test_fields_that_may_stay_empty_say_so() -> None:
    html = str(Example())
    assert html.count("- optional") == 2
    assert "- optional" not in str(Example()["title"].as_field_group())


def test_the_most_frequent_errors_are_short() -> None:
    class Contact(Example):
        email = forms.EmailField()

    form = Contact({"title": "viel zu lang", "kind": "c", "email": "keine"})
    assert form.errors["title"] == ["Höchstens 10 Zeichen, es sind 12."]
    assert form.errors["kind"] == ["Bitte eine der angebotenen Möglichkeiten wählen."]
    assert form.errors["email"] == ["Bitte eine gültige E-Mail-Adresse angeben."]
    assert form.errors["agrees"] == ["Bitte ausfüllen."]


def test_a_form_of_filters_marks_nothing_as_optional() -> None:
    class Filters(Example):
        marks_optional = False

    assert "- optional" not in str(Filters())


def test_an_error_stands_at_its_field_and_in_the_summary() -> None:
    form = Example({"title": "viel zu lang für das Feld", "phase": "x", "agrees": "on"})
    html = str(form)
    assert 'aria-invalid="true"' in html
    assert '<a class="kern-link kern-link--no-visited-state" href="#id_title">Titel: ' in html
    assert 'id="id_title_error"' in html
    assert 'value="viel zu lang für das Feld"' in html


def test_the_summary_leads_to_the_first_radio_button() -> None:
    assert 'href="#id_kind_0"' in str(Example({}))


def test_choices_stand_in_a_named_group() -> None:
    html = str(Example()["kind"].as_field_group())
    assert html.count("<fieldset") == 1
    assert "<legend" in html
    assert html.count('type="radio"') == 2


def test_what_was_chosen_stays_chosen() -> None:
    html = str(Example({"kind": "b", "topics": ["1"]}))
    assert re.search(r'value="b"[^>]*checked', html)
    assert re.search(r'name="topics"[^>]*checked', html)


def test_a_form_without_errors_has_no_summary() -> None:
    assert "error-summary" not in str(Example())


class Texts(forms.Form):
    story = RichTextField(label="Text", max_length=20)
    words = ListField(label="Wörter", required=False, item_max_length=5, max_items=3)


def test_rich_text_is_cleaned_and_counts_what_is_read() -> None:
    form = Texts({"story": "<p><strong>Zwanzig</strong> Zeichen Text!</p><script>x</script>"})
    assert not form.is_valid()
    assert "21 Zeichen" in form.errors["story"][0]
    form = Texts({"story": "<p onclick=x><strong>Kurz</strong></p>"})
    assert form.is_valid()
    assert form.cleaned_data["story"] == "<p><strong>Kurz</strong></p>"


def test_empty_markup_does_not_fill_a_required_field() -> None:
    assert "story" in Texts({"story": "<p><br></p>"}).errors


def test_a_list_is_split_trimmed_and_without_repetitions() -> None:
    form = Texts({"story": "x", "words": " DMS, dms\nAkte ;; "})
    assert form.is_valid()
    assert form.cleaned_data["words"] == ["DMS", "Akte"]


def test_a_list_refuses_too_many_and_too_long_entries() -> None:
    assert "words" in Texts({"story": "x", "words": "a,b,c,d"}).errors
    assert "words" in Texts({"story": "x", "words": "zu lang"}).errors


def test_a_list_shows_one_entry_a_line() -> None:
    assert "Eins\nZwei" in str(Texts(initial={"words": ["Eins", "Zwei"]})["words"])


def test_null_bytes_are_refused_with_a_message() -> None:
    assert "title" in Example({"title": "a\x00b"}).errors
    assert "story" in Texts({"story": "a\x00b"}).errors
    assert "words" in Texts({"story": "x", "words": "a\x00b"}).errors


def test_choices_are_read_by_their_names_and_foreign_ones_as_they_came() -> None:
    choices = [(1, "Rat"), ("Gruppe", [("visit", "Besuch")])]
    several = forms.MultipleChoiceField(choices=choices)
    assert as_text(several, ["1", "visit", "<b>"]) == "Rat, Besuch, <b>"
    assert as_text(several, []) == "–"
    assert as_text(forms.ChoiceField(choices=choices), "visit") == "Besuch"
    assert as_text(forms.TypedChoiceField(choices=choices, coerce=int), 1) == "Rat"


def test_a_text_box_takes_all_that_is_pasted_and_says_how_much_may_be() -> None:
    class Remark(forms.Form):
        remark = forms.CharField(label="Kurz dazu", max_length=1_000, widget=forms.Textarea)
        story = forms.CharField(label="Text", max_length=5_000, widget=forms.Textarea, help_text="Frei.")
        summary = forms.CharField(
            label="Satz",
            max_length=280,
            widget=forms.Textarea(attrs={"maxlength": 280}),
            help_text="Bis 280.",
        )
        title = forms.CharField(label="Titel", max_length=80)

    html = str(Remark()["remark"].as_field_group())
    assert "Höchstens 1.000 Zeichen." in html
    assert 'aria-describedby="id_remark_helptext"' in html
    for name, help_text in (("story", "Frei."), ("summary", "Bis 280.")):
        field = Remark()[name]
        assert "maxlength" not in str(field.as_field_group())
        assert field.help_text == help_text
    assert "maxlength" not in html
    assert 'maxlength="80"' in str(Remark()["title"])
    long = "x" * 1_001
    form = Remark({"remark": long, "story": "a", "summary": "b", "title": "c"})
    assert form.errors == {"remark": ["Höchstens 1000 Zeichen, es sind 1001."]}
    assert long in str(form["remark"])

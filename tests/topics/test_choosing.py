"""Choosing topics in a form: what is drawn in one go is what Django's own widgets would draw."""

import pytest
from django import forms
from pytest_django.asserts import assertHTMLEqual

from tests.factories import make_topic
from topics.choosing import INDENT, TopicBoxes, TopicField, TopicsField

pytestmark = pytest.mark.django_db


class Choosing(forms.Form):
    one = TopicField(required=False)
    many = TopicsField(required=False, widget=TopicBoxes)


class Plain(forms.Form):
    one = TopicField(required=False, widget=forms.Select)


def test_the_select_is_that_of_the_framework() -> None:
    root = make_topic("Bäume & <Sträucher>")
    below = make_topic("Wasser", parent=root)
    make_topic("Straßen")
    for value in ("", str(below.pk), "99999"):
        data = {"one": value}
        assertHTMLEqual(str(Choosing(data)["one"]), str(Plain(data)["one"]))


def test_boxes_are_labelled_escaped_and_keep_what_was_chosen() -> None:
    root = make_topic("Bäume & <Sträucher>")
    below = make_topic("Wasser", parent=root)
    html = str(Choosing({"many": [str(below.pk)]})["many"].as_field_group())
    assert html.count('type="checkbox"') == 2
    assert f'name="many" value="{below.pk}" id="id_many_1" checked' in html
    assert f'for="id_many_1">{INDENT}Wasser<' in html
    assert "Bäume &amp; &lt;Sträucher&gt;" in html
    assert html.count("checked") == 1

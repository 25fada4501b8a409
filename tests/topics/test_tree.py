"""The map in memory, and the fields with which one chooses from it."""

import pytest
from django import forms

from tests.factories import make_topic
from topics.choosing import INDENT, TopicField, TopicsField
from topics.models import Topic
from topics.tree import TopicTree

pytestmark = pytest.mark.django_db


class ChoosingForm(forms.Form):
    one = TopicField()
    several = TopicsField(required=False)


@pytest.fixture
def branch():
    root = make_topic("Breitband", slug="breitband", position=1)
    middle = make_topic("Glasfaser", slug="glasfaser", parent=root)
    leaf = make_topic("Masterplan", slug="masterplan", parent=middle)
    return root, middle, leaf


def test_one_query_gives_ways_up_and_down(branch, django_assert_num_queries):
    root, middle, leaf = branch
    with django_assert_num_queries(1):
        tree = TopicTree.load()
    assert [node.id for node in tree.path(leaf.pk)] == [root.pk, middle.pk, leaf.pk]
    assert [node.id for node in tree[root.pk].branch] == [root.pk, middle.pk, leaf.pk]
    assert [node.name for node in tree.path(leaf.pk)] == ["Breitband", "Glasfaser", "Masterplan"]
    assert tree[root.pk].height == 3
    assert tree.get(0) is None
    assert leaf.pk in tree


def test_siblings_stand_in_the_order_of_the_map_then_by_german_name(branch):
    make_topic("Zentrales", position=0)
    make_topic("Ämter", position=2)
    make_topic("Bauen", position=2)
    assert [node.name for node in TopicTree.load().roots] == ["Zentrales", "Breitband", "Ämter", "Bauen"]


def test_a_part_of_the_map_has_its_own_roots(branch):
    tree = TopicTree.of(Topic.objects.branch_of("glasfaser"))
    assert [node.slug for node in tree.roots] == ["glasfaser"]
    assert len(tree) == 2


def test_choices_are_indented_and_grouped_by_root_with_one_query(branch, django_assert_num_queries):
    with django_assert_num_queries(1):
        html = ChoosingForm()["one"].as_widget()
    assert '<optgroup label="Breitband">' in html
    assert f">{INDENT}Glasfaser</option>" in html
    assert f">{2 * INDENT}Masterplan</option>" in html


@pytest.mark.parametrize("value", ["0", "99999999999999999999999", "abc", "1\x00", "-1"])
def test_a_topic_that_is_not_there_gets_a_message(branch, value):
    form = ChoosingForm({"one": value, "several": [value]})
    assert not form.is_valid()
    assert form.errors["one"]
    assert form.errors["several"]


def test_a_topic_deleted_meanwhile_is_named_so(branch):
    leaf = branch[2]
    data = {"one": str(leaf.pk)}
    leaf.delete()
    form = ChoosingForm(data)
    assert form.errors["one"] == ["Dieses Thema gibt es nicht mehr. Bitte wählen Sie ein anderes."]


def test_chosen_topics_come_back_as_rows(branch):
    root, middle, _leaf = branch
    form = ChoosingForm({"one": root.pk, "several": [root.pk, middle.pk]})
    assert form.is_valid()
    assert form.cleaned_data["one"] == root
    assert set(form.cleaned_data["several"]) == {root, middle}

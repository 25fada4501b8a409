"""The whole story, for those who want to tell it."""

from __future__ import annotations

from django.utils.functional import lazy

from practices.forms.section import SectionForm
from practices.models import Practice
from practices.sections import STORY, label_of
from ui.forms import RichTextField


class StoryForm(SectionForm):
    """Every part only where there is something to tell."""

    vars().update({name: RichTextField(label=lazy(label_of, str)(name), required=False) for name in STORY})

    class Meta:
        model = Practice
        fields = STORY

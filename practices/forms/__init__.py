from practices.forms.filters import FilterForm
from practices.forms.hand_over import HandOverForm
from practices.forms.opinion import OpinionForm
from practices.forms.placing import PlacingForm
from practices.forms.profile import ProfileForm
from practices.forms.question import AnswerForm, QuestionForm
from practices.forms.remark import RemarkForm
from practices.forms.services import ServicesForm
from practices.forms.story import StoryForm
from practices.forms.trust import TrustForm

__all__ = [
    "AnswerForm",
    "FilterForm",
    "HandOverForm",
    "OpinionForm",
    "PlacingForm",
    "ProfileForm",
    "QuestionForm",
    "RemarkForm",
    "ServicesForm",
    "StoryForm",
    "TrustForm",
]

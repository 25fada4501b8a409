from practices.forms.filters import FilterForm
from practices.forms.placing import PlacingForm
from practices.forms.profile import ProfileForm
from practices.forms.remark import RemarkForm
from practices.forms.story import StoryForm
from practices.forms.trust import TrustForm

__all__ = ["FilterForm", "PlacingForm", "ProfileForm", "RemarkForm", "StoryForm", "TrustForm"]

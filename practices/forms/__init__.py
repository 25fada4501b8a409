from practices.forms.editor import PracticeForm
from practices.forms.filters import FilterForm
from practices.forms.remark import RemarkForm

__all__ = ["FilterForm", "PracticeForm", "RemarkForm"]

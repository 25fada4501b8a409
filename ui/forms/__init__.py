from ui.forms.fields import ListField, RichTextField
from ui.forms.renderer import KernFormRenderer
from ui.forms.versioned import SavedMeanwhileError, VersionedModelForm

__all__ = ["KernFormRenderer", "ListField", "RichTextField", "SavedMeanwhileError", "VersionedModelForm"]

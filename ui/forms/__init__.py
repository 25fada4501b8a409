from ui.forms.renderer import KernFormRenderer

__all__ = ["KernFormRenderer"]

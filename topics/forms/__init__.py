from topics.forms.handover import HandoverForm
from topics.forms.leadership import LeadershipForm
from topics.forms.nutshell import NutshellForm
from topics.forms.topic import TopicForm

__all__ = ["HandoverForm", "LeadershipForm", "NutshellForm", "TopicForm"]

from topics.forms.leadership import LeadershipForm
from topics.forms.topic import TopicForm

__all__ = ["LeadershipForm", "TopicForm"]

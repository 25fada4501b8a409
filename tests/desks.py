"""Reading the coordinators' desk in tests."""

from typing import Any

from django.test import Client

from ui.desk import Tasks


def tasks_of(client: Client, code: str) -> Tasks:
    """What the desk shows in one group; an empty one where it says that there is nothing to do."""
    response: Any = client.get("/koordination/")
    assert response.status_code == 200
    shown = {tasks.group.code: tasks for tasks in response.context["open"]}
    done = {group.code: Tasks(group) for group in response.context["done"]}
    return (shown | done)[code]

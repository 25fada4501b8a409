"""Reading the coordinators' desk in tests."""

from typing import Any

from django.test import Client

from ui.desk import Tasks


def tasks_of(client: Client, code: str) -> Tasks:
    """What the desk shows in one group; an empty one where it says that there is nothing to do."""
    response: Any = client.get("/koordination/")
    assert response.status_code == 200
    shown = {group.code: tasks for group, tasks in response.context["open"]}
    done = {group.code for group in response.context["done"]}
    assert code in shown or code in done
    return shown.get(code, Tasks(rows=[], total=0))

"""Who has what to do: the work lists of all people of the demonstration, and whether every entry leads somewhere."""

from __future__ import annotations

from collections.abc import Callable

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from zhiheng_web.organisation.models import Account
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.tasks.worklist import Task, mine

Person = Callable[[str], Viewer]


def lists(person: Person) -> dict[str, list[Task]]:
    """Account → its entries about the year."""
    names = Account.objects.filter(is_active=True).order_by("username").values_list("username", flat=True)
    return {name: [task for task in mine(person(name)) if task.version is None] for name in names}


def kinds(person: Person) -> dict[str, set[str]]:
    """Kind of work → who has it."""
    found: dict[str, set[str]] = {}
    for name, tasks in lists(person).items():
        for task in tasks:
            found.setdefault(task.kind, set()).add(name)
    return found


def one(person: Person, name: str, kind: str) -> Task:
    """The only entry of a kind on somebody's list."""
    (task,) = [task for task in mine(person(name)) if task.kind == kind]
    return task


def closed_doors(person: Person) -> list[tuple[str, str, int]]:
    """Every entry whose page does not open to the account that has it."""
    found = []
    for name, tasks in lists(person).items():
        client = Client()
        client.force_login(Account.objects.get(username=name), backend="django.contrib.auth.backends.ModelBackend")
        for task in tasks:
            if (status := client.get(task.link).status_code) != 200:
                found.append((name, task.kind, status))
    return found


def cost(viewer: Viewer) -> int:
    """How many queries a work list takes."""
    with CaptureQueriesContext(connection) as asked:
        mine(viewer)
    return len(asked)

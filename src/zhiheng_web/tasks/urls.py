"""Addresses of tasks."""

from django.urls import path

from zhiheng_web.tasks.views import deadlines, discussion, home, work

app_name = "tasks"
urlpatterns = [
    path("", home.home, name="home"),
    path("tasks/", work.worklist, name="worklist"),
    path("overdue/", work.late, name="overdue"),
    path("notices/", work.notices, name="notices"),
    path("notices/read/", work.read_notices, name="read_notices"),
    path("deadlines/", deadlines.deadline_page, name="deadlines"),
    path("versions/<uuid:version>/messages/", discussion.messages, name="messages"),
]

"""Editing a version like a spreadsheet."""

from django.urls import URLPattern, path

from zhiheng_web.planning.views import editing, editing_cells, editing_rows, replies

VERSION = "versions/<uuid:version>/edit/"

urlpatterns: list[URLPattern] = [
    path(VERSION, editing.edit, name="edit"),
    path(f"{VERSION}rows/<str:row>/", editing.edit_row, name="edit_row"),
    path(f"{VERSION}rows/<str:row>/reply/", editing.reply_form, name="reply_form"),
    path(f"{VERSION}rows/<str:row>/answer/", editing.answer_form, name="answer_form"),
    path(f"{VERSION}cells/", editing_cells.save, name="edit_cells"),
    path(f"{VERSION}preview/", editing_cells.preview, name="edit_preview"),
    path(f"{VERSION}changes/", editing_cells.changes, name="edit_changes"),
    path(f"{VERSION}answer/", editing_cells.answer, name="answer_cell"),
    path(f"{VERSION}reply/", editing_cells.reply, name="reply_finding"),
    path(f"{VERSION}replies/", replies.replies, name="replies"),
    path(f"{VERSION}add-row/", editing_rows.add, name="add_row"),
    path(f"{VERSION}rows/<uuid:row>/remove/", editing_rows.remove, name="remove_row"),
    path(f"{VERSION}rows/<uuid:row>/restore/", editing_rows.restore, name="restore_row"),
    path(f"{VERSION}rows/<uuid:row>/move/", editing_rows.move, name="move_row"),
    path(f"{VERSION}add-duty/", editing_rows.add_duty, name="add_duty"),
    path(f"{VERSION}duties/<uuid:duty>/remove/", editing_rows.remove_duty, name="remove_duty"),
    path(f"{VERSION}duties/<uuid:duty>/restore/", editing_rows.restore_duty, name="restore_duty"),
    path(f"{VERSION}duties/<uuid:duty>/move/", editing_rows.move_duty, name="move_duty"),
]

"""Addresses: entries."""

from django.urls import path

from zhiheng_web.ledgers.views import entries, entries_many

urlpatterns = [
    path("ledgers/<uuid:register>/new/", entries.new, name="new_entry"),
    path("ledgers/<uuid:register>/paste/", entries_many.paste, name="paste"),
    path("ledgers/<uuid:register>/confirm/", entries_many.confirm, name="confirm_entries"),
    path("ledgers/<uuid:register>/return/", entries_many.give_back, name="return_entries"),
    path("entries/waiting/", entries_many.waiting, name="waiting"),
    path("entries/<uuid:entry>/correct/", entries.correct, name="correct_entry"),
    path("entries/<uuid:entry>/move/<slug:move>/", entries.move, name="move_entry"),
    path("entries/<uuid:entry>/revoke/", entries.revoke, name="revoke_entry"),
    path("entries/<uuid:entry>/restore/", entries.restore, name="restore_entry"),
    path("entries/<uuid:entry>/link/", entries.link, name="link_entries"),
    path("entry-links/<uuid:link>/end/", entries.unlink, name="unlink_entries"),
]

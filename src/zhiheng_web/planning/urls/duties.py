"""Addresses of duties: who answers for them."""

from django.urls import path

from zhiheng_web.planning.views import duties

urlpatterns = [
    path("duties/", duties.duties, name="duties"),
    path("duties/<uuid:duty>/", duties.transfer, name="transfer_duty"),
    path("offices/<uuid:office>/merge/", duties.merge, name="merge_offices"),
]

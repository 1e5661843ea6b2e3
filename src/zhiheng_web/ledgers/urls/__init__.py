"""Addresses of the ledgers, one module per area."""

from importlib import import_module

AREAS = ("registers", "entries", "importing", "evidence", "actuals", "bases", "papers", "declaring", "subjects", "office")
app_name = "ledgers"
urlpatterns = [path for area in AREAS for path in import_module(f"zhiheng_web.ledgers.urls.{area}").urlpatterns]

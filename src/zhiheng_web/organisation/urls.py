"""Addresses of organisation."""

from django.urls import path, re_path

from zhiheng_web.organisation.views import account, accounts, calendar, oidc, signing_in, structure

SIMPLE = "|".join(accounts.SIMPLE)
STEPS = "|".join(structure.STEPS)
UUID = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"

app_name = "organisation"
urlpatterns = [
    path("login/", signing_in.login, name="login"),
    path("login/code/", signing_in.code, name="code"),
    path("login/oidc/", oidc.start, name="oidc_start"),
    path("login/oidc/callback/", oidc.callback, name="oidc_callback"),
    path("logout/", signing_in.logout, name="logout"),
    path("language/", signing_in.set_language, name="set_language"),
    path("account/", account.account, name="account"),
    path("account/password/", account.password, name="password"),
    path("account/second-factor/", account.second_factor, name="second_factor"),
    path("account/second-factor/codes/", account.recovery_codes, name="recovery_codes"),
    path("account/second-factor/off/", account.remove_factor, name="remove_factor"),
    path("account/sessions/<uuid:session>/end/", account.close_session, name="end_session"),
    path("account/substitutes/", account.delegate, name="delegate"),
    path("account/substitutes/<uuid:assignment>/end/", account.take_back, name="take_back"),
    path("account/tokens/", account.tokens, name="tokens"),
    path("account/tokens/<uuid:token>/revoke/", account.revoke, name="revoke_token"),
    path("accounts/", accounts.accounts, name="accounts"),
    path("accounts/new/", accounts.new_account, name="new_account"),
    path("accounts/<uuid:account>/", accounts.account, name="one_account"),
    path("accounts/<uuid:account>/edit/", accounts.edit, name="edit_account"),
    path("accounts/<uuid:account>/deactivate/", accounts.deactivate, name="deactivate_account"),
    path("accounts/<uuid:account>/password/", accounts.new_password, name="new_password"),
    path("accounts/<uuid:account>/roles/", accounts.account_roles, name="account_roles"),
    path("accounts/<uuid:account>/roles/<uuid:assignment>/end/", accounts.end, name="end_role"),
    re_path(rf"^accounts/(?P<account>{UUID})/(?P<what>{SIMPLE})/$", accounts.change, name="change_account"),
    path("organisation/", structure.departments, name="departments_admin"),
    path("organisation/new/", structure.new_department, name="new_department"),
    path("organisation/<uuid:department>/", structure.department, name="department_admin"),
    re_path(rf"^organisation/(?P<department>{UUID})/(?P<what>{STEPS})/(?P<target>{UUID})/$", structure.change, name="change_structure"),
    path("calendar/", calendar.calendar, name="calendar"),
    path("calendar/day/", calendar.set_day, name="set_day"),
    path("calendar/<int:year>/", calendar.calendar, name="calendar_year"),
    path("calendar/<int:year>/published/", calendar.seed, name="seed_calendar"),
]

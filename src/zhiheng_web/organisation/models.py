"""Rows of the organisation: departments, units, offices, people with accounts, roles with their scope, the calendar."""

from __future__ import annotations

from uuid import uuid4

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy

from zhiheng.plan.procedure import ROLE_NAMES, Role


class Department(models.Model):
    """部门: who answers for a budget, or the finance bureau that reviews all others (kind ``finance``)."""

    class Kind(models.TextChoices):
        """What a department does here."""

        DEPARTMENT = "department", "预算部门"
        FINANCE = "finance", "财政部门"

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    code = models.CharField(max_length=21, unique=True)
    name = models.CharField(max_length=100)
    kind = models.CharField(max_length=12, choices=Kind, default=Kind.DEPARTMENT)
    division_code = models.CharField(max_length=9, blank=True)

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name


class Unit(models.Model):
    """本级 or 所属单位: has its own code, budget and tables."""

    class Kind(models.TextChoices):
        """Whether it is the department itself."""

        HEADQUARTERS = "headquarters", "本级"
        SUBORDINATE = "subordinate", "所属单位"

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    department = models.ForeignKey(Department, models.PROTECT, related_name="units")
    code = models.CharField(max_length=21)
    name = models.CharField(max_length=100)
    kind = models.CharField(max_length=12, choices=Kind, default=Kind.SUBORDINATE)

    class Meta:
        ordering = ["department", "kind", "code"]
        constraints = [
            models.UniqueConstraint(fields=["department", "code"], name="unit_code"),
            models.UniqueConstraint(fields=["department"], condition=Q(kind="headquarters"), name="one_headquarters"),
        ]

    def __str__(self) -> str:
        return self.name


class Office(models.Model):
    """科室 of a unit."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="offices")
    code = models.CharField(max_length=21)
    name = models.CharField(max_length=100)
    closed_on = models.DateField(null=True, blank=True)
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="merged")

    class Meta:
        ordering = ["unit", "code"]
        constraints = [models.UniqueConstraint(fields=["unit", "code"], name="office_code")]

    def __str__(self) -> str:
        return self.name


class OfficeName(models.Model):
    """What a 科室 was called until a day, written when it is renamed. ``until`` is the first day of the next name."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    office = models.ForeignKey(Office, models.PROTECT, related_name="earlier_names")
    name = models.CharField(max_length=100)
    until = models.DateField()

    class Meta:
        ordering = ["office", "until"]
        constraints = [models.UniqueConstraint(fields=["office", "until"], name="one_name_until_a_day")]

    def __str__(self) -> str:
        return f"{self.name}（至 {self.until}）"


class ReportingUnit(models.Model):
    """填报单位: a county bureau (县区科技局) or an outside unit (外部单位) that enters and proves its own part of a department's ledgers.

    It is no unit of the department: it has no budget and no table. What it enters counts once the department's office has confirmed it.
    ``division_code`` is the county (GB/T 2260, six digits), ``uscc`` the 统一社会信用代码 of an outside unit.
    """

    class Kind(models.TextChoices):
        """What it may enter: all of its county, or only what concerns itself."""

        COUNTY = "county", "县区科技局"
        OUTSIDE = "outside", "外部单位"

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    department = models.ForeignKey(Department, models.PROTECT, related_name="reporting_units")
    name = models.CharField(max_length=100)
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.COUNTY)
    division_code = models.CharField(max_length=9, blank=True)
    uscc = models.CharField(max_length=18, blank=True)
    closed_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["department", "division_code", "name"]
        constraints = [models.UniqueConstraint(fields=["department", "name"], name="reporting_unit_name")]

    def __str__(self) -> str:
        return self.name


class AccountManager(BaseUserManager["Account"]):
    """Makes accounts."""

    def create_user(self, username: str, name: str, password: str | None = None, **fields: object) -> Account:
        """An account with a hashed password."""
        account = self.model(username=self.model.normalize_username(username), name=name, **fields)
        account.set_password(password)
        account.save(using=self._db)
        return account


class Account(AbstractBaseUser):
    """A person who may sign in (账号). Permissions come from :class:`RoleAssignment` only; there is no superuser."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    username = models.CharField(max_length=150, unique=True)
    name = models.CharField(max_length=50)
    email = models.EmailField(blank=True)
    mobile = models.CharField(max_length=20, blank=True)
    is_active = models.BooleanField(default=True)
    must_change_password = models.BooleanField(default=False)
    password_changed_at = models.DateTimeField(null=True, blank=True)
    language = models.CharField(max_length=10, blank=True)
    notify_by_email = models.BooleanField(default=True)
    oidc_subject = models.CharField(max_length=255, blank=True)
    left_on = models.DateField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = AccountManager()
    USERNAME_FIELD = "username"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        ordering = ["username"]
        verbose_name = gettext_lazy("user")
        constraints = [models.UniqueConstraint(fields=["oidc_subject"], condition=~Q(oidc_subject=""), name="one_account_per_oidc_subject")]

    def __str__(self) -> str:
        return self.name


class UsedPassword(models.Model):
    """A password that an account had, hashed: it may not be used again."""

    account = models.ForeignKey(Account, models.CASCADE, related_name="used_passwords")
    password = models.CharField(max_length=128)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["account", "-at"]

    def __str__(self) -> str:
        return f"{self.account} {self.at:%Y-%m-%d}"


class RecoveryCode(models.Model):
    """A code that replaces the second factor once (恢复码): only its digest is kept."""

    account = models.ForeignKey(Account, models.CASCADE, related_name="recovery_codes")
    digest = models.CharField(max_length=64, unique=True)
    used_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.account} {'✓' if self.used_at else '—'}"


class OpenSession(models.Model):
    """A session of an account on one device (登录会话): what its owner sees and may end. The session itself is Django's."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    account = models.ForeignKey(Account, models.CASCADE, related_name="open_sessions")
    session_key = models.CharField(max_length=40, unique=True)
    started_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    address = models.CharField(max_length=45, blank=True)
    browser = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["account", "started_at"]

    def __str__(self) -> str:
        return f"{self.account} {self.address}"


class RoleAssignment(models.Model):
    """A role of an account within a scope, from a day on. The narrowest field that is set bounds it; none: everything.

    ``since`` and ``until`` are the first day and the day after the last one; equal, the role was taken back on its first day.
    ``delegated_by`` is set for a substitute (代理).
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    account = models.ForeignKey(Account, models.PROTECT, related_name="assignments")
    role = models.CharField(max_length=32, choices=[(role.value, names[0]) for role, names in ROLE_NAMES.items()])
    department = models.ForeignKey(Department, models.PROTECT, null=True, blank=True, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+")
    office = models.ForeignKey(Office, models.PROTECT, null=True, blank=True, related_name="+")
    reporter = models.ForeignKey(ReportingUnit, models.PROTECT, null=True, blank=True, related_name="+")
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    delegated_by = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="delegated_assignments")

    class Meta:
        ordering = ["account", "role"]
        constraints = [models.CheckConstraint(condition=Q(until__isnull=True) | Q(until__gte=F("since")), name="role_ends_after_it_begins")]

    def __str__(self) -> str:
        return f"{self.account}：{ROLE_NAMES[Role(self.role)][0]}"


class CalendarDay(models.Model):
    """A day that is worked or not, against the week (调休): editable, the source named."""

    day = models.DateField(primary_key=True)
    working = models.BooleanField()
    name = models.CharField(max_length=50, blank=True)
    source = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["day"]

    def __str__(self) -> str:
        return f"{self.day} {'班' if self.working else '休'} {self.name}".strip()


class ApiToken(models.Model):
    """A token for the API (接口令牌): only its digest is kept; ``scopes`` are words separated by blanks."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    account = models.ForeignKey(Account, models.PROTECT, related_name="tokens")
    name = models.CharField(max_length=50)
    digest = models.CharField(max_length=64, unique=True)
    scopes = models.CharField(max_length=200)
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.name

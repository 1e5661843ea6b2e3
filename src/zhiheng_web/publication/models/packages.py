"""Packages of publication (公开包): what is made public of a department's year, when, and by whose word."""

from __future__ import annotations

from uuid import uuid4

from django.db import models
from django.db.models import F, Q

from zhiheng_web.evaluation.models import SelfEvaluation
from zhiheng_web.organisation.models import Account, Department
from zhiheng_web.planning.models import TableVersion


class Package(models.Model):
    """公开包 of a department's year: the budget's (绩效目标表) or the final account's (预算绩效情况说明, 自评表, 评价报告).

    draft → prepared (``content`` is frozen, its ``digest`` kept) → reviewed (保密审查) → signed (主要负责人) → published. A step back
    opens the draft again and undoes review and signature, which are of one digest only. ``approved_on`` is the day of finance's approval
    (批复), ``due_on`` the last day to publish. Published content never changes: a correction is a further ``edition`` that names the one
    it ``corrects`` and why, shown beside it, or a :class:`Withdrawal` takes an edition from the public.
    ``letter_to`` is the addressee (主送机关) of the letter to the people's congress, None while it is not sent.
    """

    class Kind(models.TextChoices):
        """Which of the two."""

        BUDGET = "budget", "预算公开（绩效目标）"
        FINAL = "final", "决算公开（绩效情况）"

    class State(models.TextChoices):
        """Where it stands."""

        DRAFT = "draft", "编制中"
        PREPARED = "prepared", "待保密审查"
        REVIEWED = "reviewed", "待签发"
        SIGNED = "signed", "已签发"
        PUBLISHED = "published", "已公开"

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    department = models.ForeignKey(Department, models.PROTECT, related_name="packages")
    year = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=8, choices=Kind)
    edition = models.PositiveSmallIntegerField(default=1)
    corrects = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="corrected_by")
    correction_reason = models.TextField(blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    approved_on = models.DateField()
    approval_number = models.CharField(max_length=100)
    due_on = models.DateField()
    content = models.JSONField(null=True, blank=True)
    digest = models.CharField(max_length=64, blank=True)
    begun_by = models.ForeignKey(Account, models.PROTECT, related_name="+")
    begun_at = models.DateTimeField()
    prepared_by = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="+")
    prepared_at = models.DateTimeField(null=True, blank=True)
    reviewed_by = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="+")
    reviewed_at = models.DateTimeField(null=True, blank=True)
    review_opinion = models.TextField(blank=True)
    signed_by = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="+")
    signed_at = models.DateTimeField(null=True, blank=True)
    published_by = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="+")
    published_at = models.DateTimeField(null=True, blank=True)
    letter_to = models.CharField(max_length=100, null=True, blank=True)
    letter_number = models.CharField(max_length=100, blank=True)
    letter_on = models.DateField(null=True, blank=True)
    edits = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["-year", "department", "kind", "edition"]
        constraints = [
            models.UniqueConstraint(fields=["department", "year", "kind", "edition"], name="package_edition"),
            models.UniqueConstraint(fields=["department", "year", "kind"], condition=~Q(state="published"), name="one_package_under_way"),
            models.CheckConstraint(condition=Q(reviewed_by__isnull=True) | ~Q(reviewed_by=F("prepared_by")), name="reviewed_by_another"),
            models.CheckConstraint(condition=Q(corrects__isnull=True) | ~Q(correction_reason=""), name="a_correction_has_a_reason"),
            models.CheckConstraint(
                condition=~Q(state="published") | Q(content__isnull=False, signed_by__isnull=False, reviewed_by__isnull=False),
                name="published_what_was_reviewed_and_signed",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.department} {self.year} {self.get_kind_display()}"


class PackageDecision(models.Model):
    """What was decided about a package, in order: prepared, agreed or sent back by the reviewer, signed or sent back, published.

    ``digest`` is that of the content it was about, ``opinion`` what was said. Never changed.
    """

    class Kind(models.TextChoices):
        """What it was."""

        PREPARED = "prepared", "提交保密审查"
        REVIEWED = "reviewed", "保密审查通过"
        SENT_BACK = "sent_back", "退回修改"
        SIGNED = "signed", "签发"
        PUBLISHED = "published", "公开"

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    package = models.ForeignKey(Package, models.PROTECT, related_name="decisions")
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10, choices=Kind)
    digest = models.CharField(max_length=64)
    opinion = models.TextField(blank=True)
    by = models.ForeignKey(Account, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["package", "number"]
        constraints = [
            models.UniqueConstraint(fields=["package", "number"], name="decision_number"),
            models.CheckConstraint(condition=~Q(kind="sent_back") | ~Q(opinion=""), name="sent_back_with_an_opinion"),
        ]

    def __str__(self) -> str:
        return f"{self.package} {self.get_kind_display()}"


class PackageTable(models.Model):
    """One table in a package: the approved version (budget), the self-evaluation (final account). ``left_out``: not published, and why."""

    package = models.ForeignKey(Package, models.PROTECT, related_name="tables")
    position = models.PositiveSmallIntegerField()
    version = models.ForeignKey(TableVersion, models.PROTECT, null=True, blank=True, related_name="+")
    self_evaluation = models.ForeignKey(SelfEvaluation, models.PROTECT, null=True, blank=True, related_name="+")
    left_out = models.TextField(blank=True)

    class Meta:
        ordering = ["package", "position"]
        constraints = [
            models.UniqueConstraint(fields=["package", "position"], name="package_table_position"),
            models.CheckConstraint(
                condition=Q(version__isnull=False) ^ Q(self_evaluation__isnull=False), name="a_package_table_has_a_source"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.package} {self.position}"


class Redaction(models.Model):
    """遮盖: a cell, a row or a whole table that is not made public, by a declared ground. ``place`` is its address in the content."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    package = models.ForeignKey(Package, models.PROTECT, related_name="redactions")
    place = models.CharField(max_length=120)
    ground = models.CharField(max_length=30)
    remark = models.TextField(blank=True)
    made_by = models.ForeignKey(Account, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["package", "place"]
        constraints = [models.UniqueConstraint(fields=["package", "place"], name="redacted_once")]

    def __str__(self) -> str:
        return self.place


class ProposalAnswer(models.Model):
    """Why something that a rule proposed to redact stays public. It holds for that place and that text: ``text_digest`` is of the text."""

    package = models.ForeignKey(Package, models.PROTECT, related_name="answers")
    place = models.CharField(max_length=120)
    code = models.CharField(max_length=30)
    text_digest = models.CharField(max_length=64)
    reason = models.TextField()
    made_by = models.ForeignKey(Account, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["package", "place"]
        constraints = [
            models.UniqueConstraint(fields=["package", "place", "code", "text_digest"], name="proposal_answered_once"),
            models.CheckConstraint(condition=~Q(reason=""), name="an_answer_has_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.place} {self.code}"


class Withdrawal(models.Model):
    """撤回已公开版本: an edition is taken from the public on a declared ground. Its content stays inside as it was published.

    Who asks is not who decides; the head agrees or refuses, and neither is changed afterwards. ``reason`` stays inside, day and ground
    stand on the public pages of the edition.
    """

    class State(models.TextChoices):
        """Where it stands."""

        ASKED = "asked", "待签发"
        AGREED = "agreed", "已撤回"
        REFUSED = "refused", "未同意"

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    package = models.ForeignKey(Package, models.PROTECT, related_name="withdrawals")
    state = models.CharField(max_length=8, choices=State, default=State.ASKED)
    ground = models.CharField(max_length=30)
    reason = models.TextField()
    asked_by = models.ForeignKey(Account, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    decided_by = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    opinion = models.TextField(blank=True)

    class Meta:
        ordering = ["package", "asked_at"]
        constraints = [
            models.UniqueConstraint(fields=["package"], condition=~Q(state="refused"), name="one_withdrawal_of_a_package"),
            models.CheckConstraint(condition=~Q(reason=""), name="a_withdrawal_has_a_reason"),
            models.CheckConstraint(
                condition=Q(state="asked", decided_by__isnull=True) | Q(decided_by__isnull=False, decided_at__isnull=False),
                name="a_withdrawal_is_decided_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("asked_by")), name="a_withdrawal_is_decided_by_another"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.package} {self.get_state_display()}"


class Clock(models.Model):
    """公开时限 of a department where it is not the national one: so many days after the approval, all days or working days.

    ``document`` is the paper that sets it.
    """

    department = models.OneToOneField(Department, models.PROTECT, related_name="publication_clock")
    days = models.PositiveSmallIntegerField()
    working = models.BooleanField(default=False)
    document = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(days__gte=1, days__lte=120), name="clock_in_reason")]

    def __str__(self) -> str:
        return f"{self.department} {self.days}"


class Paragraph(models.Model):
    """One paragraph of the narrative (预算绩效情况说明). Its numbers are references like {total}, filled from the content; ``fixed``: its
    statement is one that every disclosure must contain, which may be worded anew and not left out. ``typed`` are the digits that stand
    in it by hand because they name a document or a year, as somebody confirmed: digits → document or year.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    package = models.ForeignKey(Package, models.PROTECT, related_name="paragraphs")
    position = models.PositiveSmallIntegerField()
    code = models.CharField(max_length=40)
    fixed = models.BooleanField(default=False)
    heading = models.CharField(max_length=100, blank=True)
    text = models.TextField()
    typed = models.JSONField(default=dict)
    edits = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["package", "position"]
        constraints = [models.UniqueConstraint(fields=["package", "position"], name="paragraph_position")]

    def __str__(self) -> str:
        return self.heading or self.code

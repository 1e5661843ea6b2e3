"""Satisfaction surveys (满意度调查): invitations and answers that nobody can join."""

from __future__ import annotations

from uuid import uuid4

from django.db import models
from django.db.models import F, Q

from zhiheng_web.organisation.models import Account, Department
from zhiheng_web.planning.models import Indicator
from zhiheng_web.scaled import points_field
from zhiheng_web.wording import Text


class Survey(models.Model):
    """一次满意度调查. Its questions are fixed when it opens; it counts answers from then until it closes.

    ``indicator`` is the satisfaction indicator it gives a figure for. ``least`` is the number of answers below which no figure is
    given (样本过少), ``scheme`` how grades become satisfaction (zhiheng.evaluation.survey). When it closes ``result`` keeps what was
    counted, in canonical form, and ``digest`` covers all answers.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    department = models.ForeignKey(Department, models.PROTECT, related_name="surveys")
    year = models.PositiveSmallIntegerField()
    indicator = models.ForeignKey(Indicator, models.PROTECT, null=True, blank=True, related_name="surveys")
    title = models.CharField(max_length=200)
    introduction = models.TextField(blank=True)
    audience = models.CharField(max_length=200)
    scheme = models.CharField(max_length=20, default="share")
    least = models.PositiveSmallIntegerField(default=5)
    opens_on = models.DateField()
    closes_on = models.DateField()
    opened_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    result = models.JSONField(null=True, blank=True)
    digest = models.CharField(max_length=64, blank=True)
    made_by = models.ForeignKey(Account, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["-year", "title"]
        constraints = [models.CheckConstraint(condition=Q(closes_on__gte=F("opens_on")), name="survey_ends_after_it_begins")]

    def __str__(self) -> str:
        return self.title


class SurveyQuestion(models.Model):
    """One question. ``counts`` tells whether it goes into the figure; a text question never does."""

    class Kind(models.TextChoices):
        """How it is answered."""

        GRADE = "grade", "满意度五级"
        CHOICE = "choice", "单选"
        TEXT = "text", "文字"

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    survey = models.ForeignKey(Survey, models.PROTECT, related_name="questions")
    position = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=300)
    text_en = models.CharField(max_length=300, blank=True)
    kind = models.CharField(max_length=8, choices=Kind, default=Kind.GRADE)
    choices = models.JSONField(default=list)
    weight = points_field(default=1)
    counts = models.BooleanField(default=True)
    required = models.BooleanField(default=True)

    class Meta:
        ordering = ["survey", "position"]
        constraints = [models.UniqueConstraint(fields=["survey", "position"], name="question_position")]

    @property
    def asked(self) -> Text:
        """The question in both languages; in Chinese alone where nobody wrote it in English."""
        return Text(self.text, self.text_en or self.text)

    def __str__(self) -> str:
        return self.text


class SurveyInvitation(models.Model):
    """邀请: one answer each. Only the digest of its link is kept; it knows that it was used, not when and not what was answered."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    survey = models.ForeignKey(Survey, models.PROTECT, related_name="invitations")
    digest = models.CharField(max_length=64, unique=True)
    label = models.CharField(max_length=100, blank=True)
    used = models.BooleanField(default=False)
    cancelled = models.BooleanField(default=False)

    class Meta:
        ordering = ["survey", "label", "id"]

    def __str__(self) -> str:
        return self.label


class SurveyAnswer(models.Model):
    """一份答卷: neither its time nor its invitation is kept, and its identity is random."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    survey = models.ForeignKey(Survey, models.PROTECT, related_name="answers")

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return str(self.survey)


class SurveyReply(models.Model):
    """The answer to one question: a grade 1 (很不满意) to 5 (很满意), the index of a choice, or words. None: not answered.

    Its identity is random as well: a number that counts up would tell in which order people answered.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    answer = models.ForeignKey(SurveyAnswer, models.PROTECT, related_name="replies")
    question = models.ForeignKey(SurveyQuestion, models.PROTECT, related_name="replies")
    grade = models.PositiveSmallIntegerField(null=True, blank=True)
    text = models.TextField(blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["answer", "question"], name="one_reply_a_question")]

    def __str__(self) -> str:
        return str(self.grade)

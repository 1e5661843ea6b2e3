"""Between the rows of a survey and the library: what was counted, what is kept of it, and the links of invitations."""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any
from uuid import UUID

from django.conf import settings

from zhiheng.evaluation.survey import GRADES, Question, Scheme, Tally, schemes, tally
from zhiheng_web.evaluation.models import Survey, SurveyInvitation, SurveyQuestion, SurveyReply
from zhiheng_web.wording import Text

Json = dict[str, Any]
TOKEN_BYTES = 16
"""128 bits: nobody finds a link by trying."""
STATES: Mapping[str, Text] = {
    "draft": Text("编制中", "Draft"),
    "waiting": Text("未到开始日期", "Not begun"),
    "open": Text("进行中", "Open"),
    "over": Text("已过截止日期，待结束", "Past its last day, to be closed"),
    "closed": Text("已结束", "Closed"),
}
TONES = {"open": "info", "over": "warn", "closed": "good"}


def state_of(survey: Survey, today: date) -> str:
    """Where a survey stands today: a key of STATES."""
    if survey.closed_at is not None:
        return "closed"
    if survey.opened_at is None:
        return "draft"
    if today < survey.opens_on:
        return "waiting"
    return "over" if today > survey.closes_on else "open"


def new_token() -> str:
    """What stands in the link of an invitation. It is shown once; only its digest is kept."""
    return secrets.token_urlsafe(TOKEN_BYTES)


def token_of(survey: UUID, key: str, place: int) -> str:
    """The link number ``place`` of those that a page with that key asked for: the same whenever it asks."""
    told = hmac.new(settings.SECRET_KEY.encode(), f"{survey}|{key}|{place}".encode(), hashlib.sha256).digest()[:TOKEN_BYTES]
    return base64.urlsafe_b64encode(told).rstrip(b"=").decode()


def digest_of_token(token: str) -> str:
    """The digest under which an invitation is kept."""
    return hashlib.sha256(token.encode()).hexdigest()


def counted(survey: Survey, questions: Sequence[SurveyQuestion]) -> tuple[Tally, dict[UUID, Counter[int]]]:
    """What the answers come to now, and how often each question got each grade or choice. Three queries."""
    rows = SurveyReply.objects.filter(answer__survey=survey, grade__isnull=False).values_list("question", "grade")
    cells: dict[UUID, Counter[int]] = {question.pk: Counter() for question in questions}
    for question, grade in rows:
        cells[question][grade] += 1
    graded = [
        Question(str(question.pk), Fraction(question.weight), {grade: cells[question.pk][grade] for grade in GRADES})
        for question in questions
        if question.kind == SurveyQuestion.Kind.GRADE and question.counts
    ]
    invited = SurveyInvitation.objects.filter(survey=survey, cancelled=False).count()
    found = tally(schemes()[survey.scheme], graded, invited=invited, answers=survey.answers.count(), least=survey.least)
    return found, cells


def result_json(survey: Survey, questions: Sequence[SurveyQuestion], found: Tally, cells: Mapping[UUID, Mapping[int, int]]) -> Json:
    """What a closed survey keeps: the scheme with its shares, the numbers, and the distribution of each question. No words, no sheet."""
    scheme = schemes()[survey.scheme]
    return {
        "scheme": scheme.code,
        "shares": {str(grade): str(share) for grade, share in scheme.shares.items()},
        "least": found.least,
        "invited": found.invited,
        "answers": found.answers,
        "state": found.state,
        "numerator": str(found.numerator),
        "denominator": str(found.denominator),
        "questions": [
            {
                "position": question.position,
                "text": question.text,
                "kind": question.kind,
                "weight": str(question.weight),
                "counts": question.counts,
                "cells": {str(key): cells[question.pk].get(key, 0) for key in keys_of(question)},
            }
            for question in questions
            if question.kind != SurveyQuestion.Kind.TEXT
        ],
    }


def keys_of(question: SurveyQuestion) -> Sequence[int]:
    """What a question can be answered with: its grades, or the numbers of its choices."""
    return GRADES if question.kind == SurveyQuestion.Kind.GRADE else range(len(question.choices))


def tally_from(result: Mapping[str, Any]) -> Tally:
    """The tally that a closed survey kept."""
    numbers = (Decimal(result["numerator"]), Decimal(result["denominator"]))
    return Tally(result["state"], result["invited"], result["answers"], result["least"], *numbers)


def scheme_from(result: Mapping[str, Any]) -> Scheme:
    """The scheme as it was when the survey closed: its shares are those kept, whatever the data say today."""
    now = schemes()[result["scheme"]]
    return Scheme(now.code, now.zh, now.en, now.basis, now.status, {int(key): Fraction(share) for key, share in result["shares"].items()})


def sheet_line(replies: Iterable[tuple[int, int | None, str]]) -> str:
    """One answer sheet as a line of the digest: position, grade and words of each reply in the order of the questions."""
    return "|".join(f"{position}={'' if grade is None else grade}:{' '.join(text.split())}" for position, grade, text in sorted(replies))

"""Nothing joins an answer to its invitation: the tables themselves, the trail, the log and what the database keeps on its own."""

from __future__ import annotations

import json
import logging
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from django.apps import apps
from django.db import connection, models
from django.test import Client
from tests.zhiheng_web.evaluation.surveys.asked import answer, on, opened

from zhiheng_web.demonstration.organisation import Demonstrated
from zhiheng_web.evaluation.actions.answer_survey import Reply
from zhiheng_web.evaluation.actions.close_survey import close_survey
from zhiheng_web.evaluation.models import SurveyAnswer, SurveyInvitation, SurveyReply
from zhiheng_web.evaluation.queries.survey_results import result_rows, survey_page
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.trail.models import TrailRecord

See = Callable[[str], Viewer]
TIMES = (models.DateField, models.TimeField, models.AutoField)


def test_the_tables_hold_nothing_that_joins_them() -> None:
    """No key leads from one to the other by any way but the survey itself, and neither keeps a time or a number that counts up."""
    for model in (SurveyInvitation, SurveyAnswer, SurveyReply):
        fields = model._meta.concrete_fields
        assert not [field.name for field in fields if isinstance(field, TIMES)], model
    ends = {
        field.related_model.__name__ for model in (SurveyAnswer, SurveyReply) for field in model._meta.concrete_fields if field.is_relation
    }
    assert ends == {"Survey", "SurveyAnswer", "SurveyQuestion"}
    assert {field.related_model.__name__ for field in SurveyInvitation._meta.concrete_fields if field.is_relation} == {"Survey"}
    pointing = {
        model.__name__
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if field.is_relation and field.related_model in (SurveyInvitation, SurveyAnswer)
    }
    assert pointing == {"SurveyReply"}


def test_answering_leaves_no_record_and_no_line_in_a_log(organisation: Demonstrated, viewer: See, caplog: pytest.LogCaptureFixture) -> None:
    _, tokens = opened(viewer("jixiao"), organisation.departments["331"], 2)
    records = TrailRecord.objects.count()
    with caplog.at_level(logging.DEBUG):
        for token in tokens:
            answer(token, 5, 4, Reply(4, None, "谢谢办事的小王"))
    assert TrailRecord.objects.count() == records
    said = caplog.text.replace("django.db.backends", "")
    assert "小王" not in json.dumps(list(TrailRecord.objects.values_list("details", flat=True)), ensure_ascii=False)
    assert not any(token in said for token in tokens)


def test_only_digests_of_links_are_kept(organisation: Demonstrated, viewer: See) -> None:
    row, tokens = opened(viewer("jixiao"), organisation.departments["331"], 40)
    assert len(set(tokens)) == 40
    assert all(len(token) >= 22 for token in tokens)
    kept = json.dumps([list(SurveyInvitation.objects.values("id", "digest", "label")), *TrailRecord.objects.values("details")], default=str)
    assert not any(token in kept for token in tokens)
    numbers = {str(number) for number in SurveyInvitation.objects.filter(survey=row).values_list("digest", flat=True)}
    assert len(numbers) == 40


def test_closing_wipes_out_the_order_and_keeps_every_answer(organisation: Demonstrated, viewer: See) -> None:
    officer = viewer("jixiao")
    row, tokens = opened(officer, organisation.departments["331"], 30)
    for number, token in enumerate(tokens):
        answer(token, number % 5 + 1, 5, Reply(4, None, f"第{number}人"))
    sheets = Counter(SurveyReply.objects.values_list("answer", "question__position", "grade", "text").values_list("grade", "text"))
    old = set(SurveyAnswer.objects.values_list("pk", flat=True)) | set(SurveyReply.objects.values_list("pk", flat=True))
    joined = set(SurveyReply.objects.filter(question__position=4).values_list("text", "answer__replies__grade"))
    close_survey(on(officer), row.pk)
    assert Counter(SurveyReply.objects.values_list("grade", "text")) == sheets
    assert set(SurveyReply.objects.filter(question__position=4).values_list("text", "answer__replies__grade")) == joined
    new = set(SurveyAnswer.objects.values_list("pk", flat=True)) | set(SurveyReply.objects.values_list("pk", flat=True))
    assert not old & new
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("select r.text from evaluation_surveyreply r where r.text <> '' order by r.rowid")
            stored = [text for (text,) in cursor.fetchall()]
        assert stored != [f"第{number}人" for number in range(30)]


def test_cells_of_few_answers_are_held_back_everywhere(organisation: Demonstrated, viewer: See, signed_in: Callable[[str], Client]) -> None:
    officer = viewer("jixiao")
    row, tokens = opened(officer, organisation.departments["331"], 20)
    for number, token in enumerate(tokens):
        answer(token, 5 if number < 13 else 4 if number < 19 else 1, 5, Reply(3, 0 if number else 1))
    done = close_survey(on(officer), row.pk)
    page = survey_page(officer, row.pk)
    # 13, 6, 0, 0, 1: the three small ones lie together below five, so the six goes too
    assert [cell.number for cell in page.results[0].cells] == [13, None, None, None, None]
    assert page.results[0].percent == "95"
    assert {cell.number for cell in page.results[2].cells} == {None}
    flat = " ".join(str(value) for line in result_rows(done) for value in line)
    assert "满意 不列示" in flat
    html = signed_in("juzhang").get(f"/surveys/{row.pk}/").content.decode()
    assert "不列示" in html
    assert ">6<" not in html
    assert "第" not in [cell.name for one in page.results for cell in one.cells]
    assert not any(answer_id.hex in html or str(answer_id) in html for answer_id in SurveyAnswer.objects.values_list("pk", flat=True))


def test_the_digest_covers_every_answer(organisation: Demonstrated, viewer: See) -> None:
    officer, digests = viewer("jixiao"), set()
    for last in (1, 2):
        row, tokens = opened(officer, organisation.departments["331"], 6, title=str(last))
        for token in tokens[:5]:
            answer(token, 5, 5)
        answer(tokens[5], last, 5)
        digests.add(close_survey(on(officer), row.pk).digest)
    assert len(digests) == 2
    assert all(len(digest) == 64 for digest in digests)


def test_the_officer_sees_no_link_twice_and_no_answer_before_the_close(
    organisation: Demonstrated, viewer: See, signed_in: Callable[[str], Client], settings: Any
) -> None:
    row, tokens = opened(viewer("jixiao"), organisation.departments["331"], 6)
    for token in tokens:
        answer(token, 5, 5, Reply(4, None, "悄悄话"))
    html = signed_in("jixiao").get(f"/surveys/{row.pk}/").content.decode()
    assert "悄悄话" not in html
    assert not any(token in html for token in tokens)

"""From writing a survey to its frozen figure, worked out by hand; what is refused on the way."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from tests.zhiheng_web.evaluation.surveys.asked import NOBODY, QUESTIONS, answer, on, opened, values, written

from zhiheng.scoring.observation import Counted, Missing, NotDue
from zhiheng_web.demonstration.organisation import Demonstrated
from zhiheng_web.evaluation.actions.answer_survey import Reply, answer_survey
from zhiheng_web.evaluation.actions.cancel_invitation import cancel_invitation
from zhiheng_web.evaluation.actions.close_survey import close_survey
from zhiheng_web.evaluation.actions.invite import invite
from zhiheng_web.evaluation.actions.keep_survey import QuestionValues, keep_survey
from zhiheng_web.evaluation.actions.open_survey import open_survey
from zhiheng_web.evaluation.models import Survey, SurveyAnswer, SurveyInvitation, SurveyReply
from zhiheng_web.evaluation.observing import of_survey
from zhiheng_web.evaluation.queries.survey_results import observation_of, survey_lines, survey_page
from zhiheng_web.organisation.authority import ALL_POLICIES
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.trail.action import Absent, Forbidden, Invalid, Refusal
from zhiheng_web.trail.models import TrailRecord
from zhiheng_web.wording import Text

See = Callable[[str], Viewer]
AFTER = datetime(2021, 1, 4, tzinfo=UTC)


def test_a_survey_is_counted_by_its_scheme_and_frozen(organisation: Demonstrated, viewer: See) -> None:
    officer, department = viewer("jixiao"), organisation.departments["331"]
    row, tokens = opened(officer, department, 12)
    grades = [(5, 5), (5, 4), (4, 4), (4, 3), (4, 3), (3, 3), (3, 3), (2, 3), (5, 5), (5, 1)]
    for token, pair in zip(tokens, grades, strict=False):
        answer(token, *pair)
    assert observation_of(row) == NotDue("survey is still open")
    done = close_survey(on(officer), row.pk)
    # 题 1: 5,5,5,5 4,4,4 3,3 2 → (7 + 0.6×2)/10 = 0.82; 题 2: 5,5 4,4 3×5 1 → (4 + 0.6×5)/10 = 0.7; (2×0.82 + 0.7)/3 = 0.78
    found = survey_page(viewer("jixiao"), row.pk).line.tally
    assert found is not None
    assert (found.percent, found.invited, found.answers, found.returned) == ("78", 12, 10, "83.33")
    assert observation_of(done) == Counted(Decimal("23.4"), Decimal(30)) == of_survey(done.result)
    record = TrailRecord.objects.get(action="evaluation.close_survey")
    assert record.details == {"invited": 12, "count": 10, "percent": "78"}
    with pytest.raises(Refusal, match="已经结束"):
        answer(tokens[11], 5, 5)
    with pytest.raises(Refusal, match="已经结束"):
        close_survey(on(officer), row.pk)


def test_a_closed_survey_keeps_its_shares_whatever_the_data_say_later(
    organisation: Demonstrated, viewer: See, monkeypatch: pytest.MonkeyPatch
) -> None:
    officer = viewer("jixiao")
    row, tokens = opened(officer, organisation.departments["331"], 5)
    for token in tokens:
        answer(token, 3, 3)
    close_survey(on(officer), row.pk)
    before = survey_page(officer, row.pk)
    from zhiheng_web.evaluation import surveying

    now = surveying.schemes()["share"]
    monkeypatch.setattr(surveying, "schemes", lambda: {"share": replace(now, shares=dict.fromkeys(now.shares, now.shares[5]))})
    after = survey_page(officer, row.pk)
    assert [one.percent for one in before.results] == [one.percent for one in after.results] == ["60", "60", ""]
    assert after.line.tally is not None
    assert after.line.tally.percent == "60"


def test_too_few_answers_give_no_figure_and_no_breakdown(organisation: Demonstrated, viewer: See) -> None:
    officer = viewer("jixiao")
    row, tokens = opened(officer, organisation.departments["331"], 9)
    for token in tokens[:4]:
        answer(token, 5, 5)
    done = close_survey(on(officer), row.pk)
    page = survey_page(officer, row.pk)
    assert str(page.line.figure) == "样本过少：4 份答卷，少于 5 份，不给出满意度"
    assert page.results == []
    assert observation_of(done) == Missing() == of_survey(done.result)


def test_one_answer_a_link_and_what_other_links_are_told(organisation: Demonstrated, viewer: See) -> None:
    officer = viewer("jixiao")
    row, tokens = opened(officer, organisation.departments["331"], 3)
    answer(tokens[0], 5, 4)
    for token, code in ((tokens[0], "invitation_used"), ("x" * 22, "no_invitation"), ("", "no_invitation")):
        with pytest.raises(Refusal) as refused:
            answer(token, 5, 4)
        assert refused.value.code == code
    assert isinstance(refused.value, Absent)
    cancel_invitation(on(officer), row.pk, f"https://example.cn/s/{tokens[1]}/ ")
    with pytest.raises(Refusal, match="作废"):
        answer(tokens[1], 5, 4)
    with pytest.raises(Refusal, match="答过"):
        cancel_invitation(on(officer), row.pk, tokens[0])
    with pytest.raises(Invalid):
        cancel_invitation(on(officer), row.pk, "nonsense")
    for instant, words in ((datetime(2020, 11, 30, tzinfo=UTC), "2020-12-01"), (datetime(2020, 12, 31, 16, tzinfo=UTC), "已经结束")):
        with pytest.raises(Refusal, match=words):
            answer_survey(Viewer(None, at=instant), tokens[2], [Reply(1, 5), Reply(2, 5)])
    assert SurveyAnswer.objects.count() == 1
    assert survey_page(officer, row.pk).line.invited == 2


@pytest.mark.parametrize(
    "replies",
    [
        [Reply(1, 5)],
        [Reply(1, 5), Reply(2, 6)],
        [Reply(1, 5), Reply(2, 0)],
        [Reply(1, 5), Reply(2, 4), Reply(2, 4)],
        [Reply(1, 5), Reply(2, 4), Reply(9, 4)],
        [Reply(1, 5), Reply(2, 4), Reply(3, 2)],
        [Reply(1, 5), Reply(2, 4), Reply(4, 1)],
        [Reply(1, 5), Reply(2, 4, "words")],
        [Reply(1, 5), Reply(2, 4), Reply(4, None, "长" * 2001)],
        [Reply(1, 5), Reply(2, 4), Reply(4, None, "密级：机密★10年")],
    ],
)
def test_an_answer_that_does_not_fit_stores_nothing_and_uses_nothing_up(
    organisation: Demonstrated, viewer: See, replies: list[Reply]
) -> None:
    _, (token,) = opened(viewer("jixiao"), organisation.departments["331"], 1)
    with pytest.raises(Invalid):
        answer_survey(NOBODY, token, replies)
    assert not SurveyAnswer.objects.exists()
    assert not SurveyInvitation.objects.filter(used=True).exists()


def test_an_open_survey_does_not_change(organisation: Demonstrated, viewer: See) -> None:
    officer, department = viewer("jixiao"), organisation.departments["331"]
    row = written(officer, department)
    with pytest.raises(Refusal, match="先开始"):
        invite(on(officer), row.pk, 3)
    with pytest.raises(Refusal, match="尚未开始"):
        close_survey(on(officer), row.pk)
    again = keep_survey(on(officer), department.pk, values(title="改名"), row.pk)
    assert (again.pk, again.title, again.questions.count()) == (row.pk, "改名", 4)
    open_survey(on(officer), row.pk)
    with pytest.raises(Refusal, match="不能再改"):
        keep_survey(on(officer), department.pk, values(), row.pk)
    with pytest.raises(Refusal, match="已经开始"):
        open_survey(on(officer), row.pk)
    for number in (0, -1, 20_001):
        with pytest.raises(Invalid):
            invite(on(officer), row.pk, number)
    with pytest.raises(Invalid):
        invite(on(officer), row.pk, 1, "长" * 101)


def test_a_survey_whose_days_are_past_does_not_open(organisation: Demonstrated, viewer: See) -> None:
    row = written(viewer("jixiao"), organisation.departments["331"])
    with pytest.raises(Refusal, match="已过"):
        open_survey(on(viewer("jixiao"), AFTER), row.pk)


BAD: list[dict[str, Any]] = [
    {"title": " "},
    {"audience": ""},
    {"title": "长" * 201},
    {"introduction": "绝密★长期"},
    {"year": 1},
    {"closes_on": date(2020, 11, 30)},
    {"scheme": "nonsense"},
    {"least": 0},
    {"questions": ()},
    {"questions": QUESTIONS * 8},
    {"questions": (QuestionValues("说说", "text"),)},
    {"questions": (QuestionValues("选", counts=False),)},
    {"questions": (*QUESTIONS, QuestionValues("选", "nonsense"))},
    {"questions": (*QUESTIONS, QuestionValues("选", "choice", choices=("一",)))},
    {"questions": (*QUESTIONS, QuestionValues("选", "choice", choices=("一", "一")))},
    {"questions": (*QUESTIONS, QuestionValues("重", weight=Decimal(0)))},
    {"questions": (*QUESTIONS, QuestionValues("重", weight=Decimal("0.00001")))},
    {"questions": (*QUESTIONS, QuestionValues("重", weight=Decimal("NaN")))},
    {"questions": (*QUESTIONS, QuestionValues("长" * 301))},
]


@pytest.mark.parametrize("changes", BAD)
def test_what_cannot_be_asked_is_refused(organisation: Demonstrated, viewer: See, changes: dict[str, Any]) -> None:
    with pytest.raises(Invalid):
        written(viewer("jixiao"), organisation.departments["331"], **changes)
    assert not Survey.objects.exists()


def test_an_indicator_of_another_department_is_refused(organisation: Demonstrated, viewer: See) -> None:
    from zhiheng_web.planning.models import Indicator

    other = Indicator.objects.create(department=organisation.departments["101"], name="满意度")
    with pytest.raises(Invalid):
        written(viewer("jixiao"), organisation.departments["331"], indicator=other.pk)


def test_every_role_at_every_step(organisation: Demonstrated, viewer: See) -> None:
    """Only the performance officer of the department keeps surveys; everybody else is refused or does not know of it."""
    officer, department = viewer("jixiao"), organisation.departments["331"]
    row, tokens = opened(officer, department, 5)
    fresh = written(officer, department, title="未开")
    steps: list[Callable[[Viewer], object]] = [
        lambda who: keep_survey(on(who), department.pk, values()),
        lambda who: keep_survey(on(who), department.pk, values(), fresh.pk),
        lambda who: open_survey(on(who), fresh.pk),
        lambda who: invite(on(who), row.pk, 1),
        lambda who: cancel_invitation(on(who), row.pk, tokens[0]),
        lambda who: close_survey(on(who), row.pk),
    ]
    for name in organisation.accounts:
        if name == "jixiao":
            continue
        for step in steps:
            with pytest.raises((Forbidden, Absent)):
                step(viewer(name))
    with pytest.raises((Forbidden, Absent)):
        keep_survey(on(officer), organisation.departments["101"].pk, values())
    assert not ALL_POLICIES["evaluation.answer_survey"].roles


def test_who_reads_surveys(organisation: Demonstrated, viewer: See) -> None:
    officer = viewer("jixiao")
    row, tokens = opened(officer, organisation.departments["331"], 5)
    readers = {"jixiao", "juzhang", "fenguan", "jiwei", "shenji", "baomi", "jingban", "kezhang", "zhongxin", "zhuren", "dangzu"}
    for name in organisation.accounts:
        try:
            seen = bool(survey_lines(viewer(name))[0])
        except Forbidden:
            seen = False
        assert seen == (name in readers | {"jingban2", "jingban3"} & set(organisation.accounts)), name
    for token in tokens:
        answer(token, 5, 5, Reply(4, None, "很好"))
    close_survey(on(officer), row.pk)
    assert survey_lines(viewer("czjixiao"))[0]
    assert survey_page(officer, row.pk).words == [(Text("意见", "意见"), ["很好"] * 5)]
    for name in ("juzhang", "czjixiao", "shenji", "jingban"):
        assert not survey_page(viewer(name), row.pk).words
    assert SurveyReply.objects.filter(text="很好").count() == 5


def test_queries_do_not_grow_with_surveys_and_answers(organisation: Demonstrated, viewer: See, django_assert_max_num_queries: Any) -> None:
    officer, department = viewer("jixiao"), organisation.departments["331"]
    for number in range(4):
        row, tokens = opened(officer, department, 8, title=str(number))
        for token in tokens:
            answer(token, 4, 4)
    with django_assert_max_num_queries(3):
        survey_lines(officer)
    close_survey(on(officer), row.pk)
    with django_assert_max_num_queries(6):
        survey_page(officer, row.pk)

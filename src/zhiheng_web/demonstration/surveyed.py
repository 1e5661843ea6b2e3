"""Lets the invited answer the satisfaction surveys of the year: each answer by its own link, without an account."""

from __future__ import annotations

from zhiheng_web.demonstration.people import Data, People, indicators, tables, words
from zhiheng_web.evaluation.actions.answer_survey import Reply, answer_survey
from zhiheng_web.evaluation.actions.close_survey import close_survey
from zhiheng_web.evaluation.actions.invite import invite
from zhiheng_web.evaluation.actions.keep_survey import QuestionValues, SurveyValues, keep_survey
from zhiheng_web.evaluation.actions.open_survey import open_survey
from zhiheng_web.evaluation.models import SurveyQuestion
from zhiheng_web.organisation.viewer import Viewer

GRADES = (5, 4, 3, 2, 1)
"""The grades in the order in which the data count their answers: from very satisfied to very dissatisfied."""
WISH = "您还有什么意见或建议？"


def survey(people: People) -> None:
    """Write, open, invite, answer and close each survey."""
    data = words("surveyed")
    for item in data["surveys"]:
        table = tables(people.department, data["year"])[item["table"]]
        asked = [QuestionValues(one["zh"], text_en=one["en"]) for one in item["questions"]]
        asked.append(QuestionValues(WISH, SurveyQuestion.Kind.TEXT, text_en="Anything else?", counts=False, required=False))
        values = SurveyValues(
            item["title"], data["year"], item["audience"], data["opens_on"], data["closes_on"], asked, data["introduction"],
            indicator=indicators(table)[item["indicator"]],
        )  # fmt: skip
        officer = people.at("jixiao", data["opens_on"], 9)
        made = keep_survey(officer, people.department, values)
        open_survey(officer, made.pk)
        tokens = invite(officer, made.pk, item["invited"], item["audience"])
        passer_by = Viewer(None, (), at=people.at("jixiao", data["closes_on"]).at)
        for token, replies in zip(tokens, answers(item), strict=False):
            answer_survey(passer_by, token, replies)
        close_survey(people.at("jixiao", data["closed_on"]), made.pk)


def answers(item: Data) -> list[list[Reply]]:
    """The answer sheets: each question's grades dealt out in the order of the sheets, and the words to the first ones."""
    dealt = [[grade for grade, count in zip(GRADES, one["grades"], strict=True) for _ in range(count)] for one in item["questions"]]
    sheets = []
    for number, grades in enumerate(zip(*dealt, strict=True)):
        sheet = [Reply(position, grade) for position, grade in enumerate(grades, 1)]
        if number < len(item["words"]):
            sheet.append(Reply(len(grades) + 1, text=item["words"][number]))
        sheets.append(sheet)
    return sheets

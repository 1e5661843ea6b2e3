"""The self-evaluations of all tables: values, words, judgements, declared figures, one override by two, submission, acceptance."""

from __future__ import annotations

from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from uuid import UUID

from zhiheng_web.demonstration.people import Data, People, paper, tables, words
from zhiheng_web.evaluation.actions.add_file import add_file
from zhiheng_web.evaluation.actions.begin_self_evaluation import begin_self_evaluation
from zhiheng_web.evaluation.actions.confirm_override import confirm_override
from zhiheng_web.evaluation.actions.correct_self_evaluation import correct_self_evaluation
from zhiheng_web.evaluation.actions.decide_self_evaluation import decide_self_evaluation
from zhiheng_web.evaluation.actions.declare_actual import declare_actual
from zhiheng_web.evaluation.actions.fill_self_evaluation import HEAD, Cell, fill_self_evaluation
from zhiheng_web.evaluation.actions.judge_row import judge_row
from zhiheng_web.evaluation.actions.override_score import override_score
from zhiheng_web.evaluation.actions.submit_self_evaluation import submit_self_evaluation
from zhiheng_web.evaluation.actions.take_values import take_values
from zhiheng_web.evaluation.loading import rows_of
from zhiheng_web.evaluation.models import SelfEvaluation, SelfEvaluationRow
from zhiheng_web.evaluation.policies.self_evaluation import scopes_of
from zhiheng_web.organisation.viewer import Viewer

CENT = Decimal("0.01")
Rows = dict[str, SelfEvaluationRow]


def self_evaluate(people: People) -> None:
    """Take each table's self-evaluation from its beginning to finance's acceptance."""
    data = words("self_evaluated")
    found = tables(people.department, data["year"])
    whole = begin_self_evaluation(people.at("jixiao", data["begun_on"]), found["部门整体"].pk)
    take_values(people.at("jixiao", data["taken_on"]), whole.pk, data["taken_why"])
    others = [name for name in found if name != "部门整体"]
    begun = {name: begin_self_evaluation(people.at("jixiao", data["taken_on"], 15), found[name].pk) for name in others}
    for item in data["tables"]:
        one = begun.get(item["table"], whole)
        fill(people, one, item, data["filled_on"])
        submit_self_evaluation(people.at("jixiao", data["submitted_on"]), one.pk)
        decide_self_evaluation(people.at("czyewu", data["accepted_on"]), one.pk, True, data["opinion"])


def fill(people: People, one: SelfEvaluation, item: Data, on: date) -> None:
    """What the offices write, judge, declare and prove; the override comes last, because it speaks of what stands then."""
    write(people, one, item, on)
    for name, declared in item.get("declared", {}).items():
        declare(people, one, name, declared, on)
    for name, judged in item.get("judged", {}).items():
        row = rows(one)[name]
        points = ((row.points or Decimal(0)) * Decimal(judged["share"])).quantize(CENT, ROUND_HALF_UP)
        clerk = people.clerk("evaluation.judge_row", scopes_of(one, [row])[row.pk], on)
        judge_row(clerk, one.pk, row.pk, judged["tier"], points, judged["basis"], row.edits)
    for name, titles in item.get("files", {}).items():
        row = rows(one)[name]
        clerk = people.clerk("evaluation.add_file", scopes_of(one, [row])[row.pk], on)
        for title in titles:
            public = title in item.get("public_files", ())
            add_file(clerk, one.pk, row.pk, [paper(title, [f"指标：{name}"], on)], title, public=public)
    if "override" in item:
        override(people, one, item["override"], on)


def write(people: People, one: SelfEvaluation, item: Data, on: date) -> None:
    """The words of the head by the officer, those of the rows by the offices that hold their duties, each in one go."""
    head = [Cell(None, name, "", item.get(name, "")) for name in HEAD]
    fill_self_evaluation(people.at("jixiao", on, 9), one.pk, head)
    say(people, one, item.get("rows", {}), on)


def say(people: People, one: SelfEvaluation, said: Data, on: date) -> None:
    """Reasons and improvements of rows."""
    known = rows(one)
    scopes = scopes_of(one, known.values())
    cells: dict[UUID, list[Cell]] = {}
    clerks: dict[UUID, Viewer] = {}
    for name, fields in said.items():
        row = known[name]
        clerk = people.clerk("evaluation.fill_self_evaluation", scopes[row.pk], on)
        key = clerk.account.pk if clerk.account is not None else row.pk
        clerks[key] = clerk
        cells.setdefault(key, []).extend(Cell(row.pk, field, getattr(row, field), text) for field, text in fields.items())
    for key, clerk in clerks.items():
        fill_self_evaluation(clerk, one.pk, cells[key])


def declare(people: People, one: SelfEvaluation, name: str, item: Data, on: date) -> None:
    """A figure that no ledger gives, with the paper that proves it."""
    row = rows(one)[name]
    clerk = people.clerk("evaluation.declare_actual", scopes_of(one, [row])[row.pk], on)
    proof = paper(item["proof"], [f"指标：{name}", f"数值：{item['number']}{item['unit']}", f"来源：{item['source']}"], on)
    declare_actual(clerk, one.pk, row.pk, Decimal(item["number"]), item["unit"], item["source"], [proof])


def override(people: People, one: SelfEvaluation, item: Data, on: date) -> None:
    """Points that the officer changes and the leader in charge confirms."""
    row = rows(one)[item["name"]]
    points = Decimal(item["points"])
    made = override_score(people.at("jixiao", on, 16), one.pk, row.pk, points, item["reason"], row.edits)
    confirm_override(people.at("fenguan", on, 17), one.pk, row.pk, points, made.edits)


def correct(people: People) -> None:
    """A further edition beside the first one, where a declared figure was wrong."""
    data = words("self_evaluated")
    item = data["correction"]
    table = tables(people.department, data["year"])[item["table"]]
    first = SelfEvaluation.objects.get(table=table, edition=1)
    new = correct_self_evaluation(people.at("jixiao", item["on"]), first.pk, item["reason"])
    new = SelfEvaluation.objects.select_related("table__unit__department", "table__project").get(pk=new.pk)
    declare(people, new, item["row"], item, item["on"])
    say(people, new, {item["row"]: {"reason": item["why"], "improvement": item["improvement"]}}, item["on"])
    submit_self_evaluation(people.at("jixiao", item["submitted_on"]), new.pk)
    decide_self_evaluation(people.at("czyewu", item["accepted_on"]), new.pk, True, item["opinion"])


def rows(one: SelfEvaluation) -> Rows:
    """The rows of a self-evaluation by the names of their indicators, as they stand now."""
    return {row.indicator_row.name: row for row in rows_of([one.pk])}

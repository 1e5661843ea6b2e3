"""What finance does with the self-evaluations: a sample that anybody can draw again, its re-checks, and the evaluation of one project."""

from __future__ import annotations

from decimal import Decimal
from uuid import UUID

from zhiheng.evaluation.index_system import system
from zhiheng_web.demonstration.people import Data, People, paper, tables, words
from zhiheng_web.evaluation.actions.accept_evaluation import accept_evaluation
from zhiheng_web.evaluation.actions.announce_sample import announce_sample, draw_sample
from zhiheng_web.evaluation.actions.appoint_evaluator import appoint_evaluator, open_marking
from zhiheng_web.evaluation.actions.check_quality import check_quality
from zhiheng_web.evaluation.actions.declare_interests import declare_evaluator, declare_interests
from zhiheng_web.evaluation.actions.engage_agency import Terms, engage_agency
from zhiheng_web.evaluation.actions.give_marks import Given, hand_in_marks
from zhiheng_web.evaluation.actions.hand_in_material import hand_in_material
from zhiheng_web.evaluation.actions.hand_in_report import Draft, hand_in_report
from zhiheng_web.evaluation.actions.join_agency import join_agency
from zhiheng_web.evaluation.actions.keep_agency import keep_agency
from zhiheng_web.evaluation.actions.plan_evaluation import EvaluationPlan, plan_evaluation
from zhiheng_web.evaluation.actions.recheck_row import finish_recheck, recheck_row
from zhiheng_web.evaluation.actions.reply_to_report import answer_reply, reply_to_report
from zhiheng_web.evaluation.actions.request_material import request_material, waive_material
from zhiheng_web.evaluation.actions.write_finding import write_finding
from zhiheng_web.evaluation.evaluating.rechecking import checked_of
from zhiheng_web.evaluation.models import Evaluation, Recheck

FINANCE, EVALUATED = "czjixiao", "jixiao"


def sample(people: People) -> None:
    """Seed and size first, the draw afterwards; every self-evaluation drawn is looked through again."""
    data = words("evaluated")
    item = data["sample"]
    announced = announce_sample(
        people.at(FINANCE, item["announced_on"]), data["year"], item["name"], item["seed"], item["size"], item["document"]
    )
    draw_sample(people.at(FINANCE, item["drawn_on"]), announced.pk)
    drawn = Recheck.objects.filter(sample=announced).select_related("self_evaluation__table")
    for place, recheck in enumerate(drawn.order_by("place")):
        look_again(people, item, recheck, less=place == 0)


def look_again(people: People, item: Data, recheck: Recheck, *, less: bool) -> None:
    """One re-check. ``less``: of one row finance holds fewer points right. Which table it is was drawn by chance."""
    officer = people.at(FINANCE, item["checked_on"])
    if less:
        by = Decimal(item["less"])
        line = next(one for one in checked_of(recheck).lines if one.row is not None and one.points is not None and one.points > by)
        if line.row is not None and line.points is not None:
            recheck_row(officer, recheck.pk, line.row.pk, line.points - by, item["reason"], recheck.edits)
    finish_recheck(officer, recheck.pk, item["opinion_changed" if less else "opinion"])


def evaluate(people: People) -> None:
    """From the plan to the acceptance, each step by whom it falls to."""
    data = words("evaluated")
    item = data["evaluation"]
    planned = plan(people, data, item)
    collect(people, item, planned.pk)
    mark(people, item, planned.pk)
    conclude(people, item, planned.pk)


def plan(people: People, data: Data, item: Data) -> Evaluation:
    """Planned, and an agency with one person engaged, which declares that it has no conflict of interests."""
    officer = people.at(FINANCE, item["planned_on"])
    agency = keep_agency(officer, None, data["agency"]["name"])
    join_agency(officer, agency.pk, data["agency"]["member"], data["agency"]["since"])
    table = tables(people.department, data["year"])[item["table"]]
    wanted = EvaluationPlan("finance", item["name"], item["scope"], item["system"], item["due_on"], item["document"])
    made = plan_evaluation(officer, table.pk, wanted)
    terms = Terms(agency.pk, item["contract"], item["contract_on"], Decimal(item["fee"]), item["contract_scope"])
    contract = paper("绩效评价委托合同", [f"合同编号：{item['contract']}", f"委托内容：{item['contract_scope']}"], item["contract_on"])
    engagement = engage_agency(people.at(FINANCE, item["engaged_on"]), made.pk, terms, contract)
    declare_interests(people.at("jigou", item["declared_on"]), engagement.pk, True)
    return made


def collect(people: People, item: Data, evaluation: UUID) -> None:
    """The agency asks for materials; the evaluated hands them in, finance waives what there is none of."""
    asked = request_material(people.at("jigou", item["asked_on"]), evaluation, item["materials"], item["asked_due_on"])
    for material in asked:
        if material.name == item["waived"]["name"]:
            waive_material(people.at(FINANCE, item["handed_in_on"]), material.pk, item["waived"]["reason"])
        else:
            upload = paper(material.name, [f"项目：{item['table']}"], item["handed_in_on"])
            hand_in_material(people.at(EVALUATED, item["handed_in_on"]), material.pk, upload)


def mark(people: People, item: Data, evaluation: UUID) -> None:
    """The panel is appointed, declares, and marks: nobody sees the others' marks before handing in his own."""
    for name in item["panel"]:
        appoint_evaluator(people.at(FINANCE, item["opened_on"]), evaluation, name)
    open_marking(people.at(FINANCE, item["opened_on"], 11), evaluation)
    items = {one.name: one.pk for one in Evaluation.objects.get(pk=evaluation).items.all()}
    for place, name in enumerate(item["panel"]):
        viewer = people.at(name, item["marked_on"], 9 + place)
        declare_evaluator(viewer, evaluation, True)
        hand_in_marks(viewer, evaluation, {items[each]: Given(Decimal(points[place])) for each, points in item["marks"].items()})
    findings = {items[name]: text for name, text in item["findings"].items()}
    write_finding(people.at("jigou", item["marked_on"], 15), evaluation, findings)


def conclude(people: People, item: Data, evaluation: UUID) -> None:
    """Draft, reply, answer, quality check, acceptance."""
    file = paper("绩效评价报告", [item["summary"]], item["reported_on"])
    draft = Draft(item["summary"], item["problems"], item["advice"])
    report = hand_in_report(people.at("jigou", item["reported_on"]), evaluation, draft, file)
    reply_to_report(people.at(EVALUATED, item["replied_on"]), report.pk, False, item["reply"])
    answer_reply(people.at("jigou", item["answered_on"]), report.pk, item["answer"])
    checks = {line.code: True for line in system(item["system"]).checks}
    check_quality(people.at(FINANCE, item["checked_on"]), report.pk, checks)
    accept_evaluation(people.at(FINANCE, item["accepted_on"]), report.pk, item["opinion"])

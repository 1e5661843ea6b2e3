"""The packages of the year: budget, final account with its letter to the people's congress, and the edition that corrects it."""

from __future__ import annotations

from uuid import UUID

from zhiheng_web.demonstration.people import Data, People, name_of, words
from zhiheng_web.publication.actions.answer_proposal import answer_proposal
from zhiheng_web.publication.actions.begin_package import begin_package
from zhiheng_web.publication.actions.correct_package import correct_package
from zhiheng_web.publication.actions.prepare_package import prepare_package
from zhiheng_web.publication.actions.publish_package import publish_package
from zhiheng_web.publication.actions.redact import redact
from zhiheng_web.publication.actions.review_package import review_package
from zhiheng_web.publication.actions.send_to_congress import send_to_congress
from zhiheng_web.publication.actions.sign_package import sign_package
from zhiheng_web.publication.actions.write_paragraph import write_paragraph
from zhiheng_web.publication.building.building import Built, build
from zhiheng_web.publication.building.readiness import unanswered
from zhiheng_web.publication.models import Package


def publish_budget(people: People) -> None:
    """The tables as approved, within twenty days of the approval."""
    data = words("packaged")
    release(people, begin(people, data, "budget"), data["budget"])


def publish_final(people: People) -> None:
    """The self-evaluations with what they rest on; what is secret is withheld and what was asked is answered."""
    data = words("packaged")
    item = data["final"]
    package = begin(people, data, "final")
    officer = people.at("jixiao", item["begun_on"], 14)
    built = build(package, whole=False)
    for one in item["redactions"]:
        redact(officer, package.pk, place_of(built, one), one["ground"], one["remark"])
    for asked in unanswered(package, built):
        answer_proposal(officer, package.pk, asked.code, asked.place, asked.key, item["answers"][asked.code])
    write_paragraph(officer, package.pk, None, item["paragraph"]["text"], item["paragraph"]["heading"])
    release(people, package, item)
    send_to_congress(people.at("jixiao", item["letter_on"]), package.pk, item["letter"], item["letter_on"], item["letter_to"])


def publish_correction(people: People) -> None:
    """A further edition beside the first one, from the corrected self-evaluation."""
    data = words("packaged")
    item = data["correction"]
    rows = Package.objects.filter(department=people.department, year=data["year"], kind=Package.Kind.FINAL, edition=1)
    officer = people.at("jixiao", item["begun_on"])
    package = correct_package(officer, rows.values_list("pk", flat=True).get(), item["reason"])
    release(people, package, item)


def begin(people: People, data: Data, kind: str) -> Package:
    """A package begun."""
    item = data[kind]
    officer = people.at("jixiao", item["begun_on"])
    return begin_package(officer, people.department, data["year"], kind, item["approved_on"], item["number"])


def release(people: People, package: Package, item: Data) -> None:
    """Prepared, reviewed for secrecy, signed and published, each by whom it falls to."""
    prepared = prepare_package(people.at("jixiao", item["begun_on"], 16), package.pk)
    review_package(people.at("baomi", item["reviewed_on"]), package.pk, prepared.digest, True, item["opinion"])
    sign_package(people.at("juzhang", item["signed_on"]), package.pk, prepared.digest, True)
    publish_package(people.at("jixiao", item["published_on"]), package.pk)


def place_of(built: Built, item: Data) -> str:
    """Where a cell of a row stands in a package."""
    source = next(one for one in built.sources if name_of(one.table) == item["table"])
    table = built.content.table(source.slug)
    row = next(row.slug for row in table.rows if row.name == item["row"]) if table is not None else ""
    return f"{source.slug}/{row}/{item['cell']}"


def published(department: UUID, year: int) -> bool:
    """Whether anything of a year was packaged already."""
    found: bool = Package.objects.filter(department=department, year=year).exists()
    return found

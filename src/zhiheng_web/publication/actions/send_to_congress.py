"""报送人大: the letter with which a published package goes to the people's congress gets its number and day."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.publication.actions._standing import done, held, needed
from zhiheng_web.publication.models import Package
from zhiheng_web.publication.queries.congress import addressee
from zhiheng_web.secrecy import refuse_marked_text
from zhiheng_web.trail.action import Done, Invalid, Refusal, action
from zhiheng_web.wording import Text

NUMBER = Text("请填写报送函文号。", "Enter the number of the letter.")
ADDRESSEE = Text("主送机关不超过 100 字。", "An addressee has at most 100 characters.")
LATER = Text("报送日期不能晚于今天。", "The letter cannot be later than today.")
SENT = Text("报送函已登记（{number}）。", "The letter is recorded already ({number}).")


@action("publication.send_to_congress")
def send_to_congress(viewer: Viewer, package: UUID, number: str, on: date, to: str = "") -> Done[Package]:
    """Record the letter; ``to`` 主送机关, '' the addressee of the department's last one. What it encloses is the frozen content, so it goes
    once the content is signed.
    """
    states = (Package.State.SIGNED, Package.State.PUBLISHED)
    row = held(viewer, package, "publication.send_to_congress", *states)
    said = needed("number", number, NUMBER)
    whom = to.strip() or addressee(row)
    refuse_marked_text([said, whom], Text("文号和主送机关", "number and addressee"))
    if len(whom) > 100:
        raise Invalid("to", ADDRESSEE, {"to": ADDRESSEE})
    if len(said) > 100:
        raise Invalid("number", Text("文号不超过 100 字。", "A number has at most 100 characters."), {"number": NUMBER})
    if on > viewer.today():
        raise Invalid("on", LATER, {"on": LATER})
    if row.letter_number:
        raise Refusal("sent", SENT.with_(number=row.letter_number))
    row.letter_number, row.letter_on, row.letter_to = said, on, whom
    row.save(update_fields=["letter_number", "letter_on", "letter_to"])
    return done(row, row, row.digest, row.digest, number=said, sent_on=on.isoformat(), to=whom)

"""A document on its way in: what was taken over from it, and the faults met. What stratml and iati share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from zhiheng.interchange.documents import Element, Taking, line, local, path
from zhiheng.interchange.faults import Fault, fault
from zhiheng.interchange.observed import PART, STATES, Divided, Unreadable, Written, decimal, divided, figure, joined, number, read
from zhiheng.scoring.observation import Observation, Reported
from zhiheng.values.reading import Context, Reading


@dataclass
class Arriving:
    """``year`` is the budget year that the document is about, None where it does not say."""

    taking: Taking
    year: int | None = None
    faults: list[Fault] = field(default_factory=list)

    def say(self, code: str, element: Element, /, **parameters: object) -> None:
        """Note a fault at an element."""
        self.faults.append(fault(code, line(element), path(element), **parameters))

    def left(self) -> list[Fault]:
        """One fault for every text that nothing here has a field for."""
        return [
            fault("not_taken", line(one), path(one), name=local(one), found=(one.text or "").strip()[:60]) for one in self.taking.left()
        ]

    def number(self, words: str, element: Element) -> Decimal | None:
        """The exact number of a text, None if there is none; one that is none is said."""
        found = decimal(words) if words.strip() else None
        if words.strip() and found is None:
            self.say("not_number", element, found=words[:40])
        return found

    def figure(self, element: Element, words: str, counted: Decimal | None, unit: str, context: Context) -> Reading:
        """A target or a baseline of its words and its number; where they disagree the number holds."""
        reading, agreed = figure(words, (counted, unit) if counted is not None else None, context)
        if not agreed:
            self.say("contradiction", element, words=words[:60], number=f"{counted:f}")
        return reading

    def entry(self, element: Element, words: str, state: str, counted: Decimal | None, unit: str) -> tuple[Written, Divided]:
        """One observation as written, and what stands behind its words."""
        said = divided(words)
        texts = said.texts
        if state and state.removeprefix(PART) not in STATES:
            self.say("unknown_code", element, name="state", found=state, expected="、".join(STATES))
            state = ""
        known = (counted, unit) if counted is not None else None
        if known is not None and state.removeprefix(PART) in ("", "reported") and texts[0]:
            observed = read([Written("reported", words)])
            own = number(observed.value) if isinstance(observed, Reported) else None
            if own is not None and own[0] != known[0]:
                self.say("contradiction", element, words=texts[0][:60], number=f"{known[0]:f}")
                return Written(state, figure("", known, Context())[0].text, known), said
        return Written(state, joined(*texts) if said.further or said.remark else words, known), said

    def observation(self, element: Element, entries: Sequence[Written]) -> Observation | None:
        """What the entries report together, None (and said) where words and code do not fit."""
        try:
            return read(entries)
        except (Unreadable, IndexError):
            self.say("unreadable", element, words=entries[0].text[:60], state=entries[0].state)
            return None

"""Tags that every template has: ``{% t "送审" "Submit" %}``, the figures and the components."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import template
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

from zhiheng.audit.money import printed
from zhiheng.plan.procedure import GRADE_NAMES as REVIEW_GRADE_NAMES
from zhiheng.plan.procedure import ROLE_NAMES, STATE_NAMES, Grade, Role, State, step
from zhiheng.scoring.scheme import GRADE_NAMES
from zhiheng_web.wording import Text, language, nested

register = template.Library()
SEAL = (
    '<svg class="seal" viewBox="0 0 32 32" aria-hidden="true"><rect class="seal-ground" x="1" y="1" width="30" height="30" rx="4"/>'
    '<path class="seal-cut" d="M16 6v19M10 26h12M7 11h18M7 11l-3.4 7.5h6.8zM25 11l-3.4 7.5h6.8z"/></svg>'
)
STATE_TONES = {
    State.APPROVED: "good", State.CIRCULATING: "info", State.RETURNED: "warn", State.BLOCKED: "bad",
}  # fmt: skip


@register.simple_tag
def t(zh: str, en: str, **values: Any) -> SafeString:
    """A text in the reader's language; {names} are filled with escaped values. Words that come from a variable are escaped too."""
    words = conditional_escape(en if language() == "en" else zh)  # a literal of a template is safe already, see django.template.base
    if values:
        words = nested(words.format(**{name: conditional_escape(value) for name, value in values.items()}))
    return mark_safe(words)  # noqa: S308 - everything in it is escaped above


@register.filter
def wan(amount: Decimal | None) -> str:
    """An amount in 元 as 万元, thousands separated: 53640000 → 5,364."""
    if amount is None:
        return "—"
    text = printed(Decimal(amount) / 10000)
    whole, _, rest = text.partition(".")
    return f"{int(whole):,}" + (f".{rest}" if rest else "") if whole not in ("-0",) else text


@register.filter
def exact(number: Decimal | None) -> str:
    """A number without trailing zeros; — where there is none."""
    return "—" if number is None else printed(Decimal(number))


@register.simple_tag
def state_badge(state: str) -> SafeString:
    """The state of a version."""
    names = STATE_NAMES[State(state)]
    return format_html('<span class="badge {}">{}</span>', STATE_TONES.get(State(state), ""), Text(*names))


@register.filter
def unended(text: str) -> str:
    """Typed words without the full stop at their end, to stand inside a sentence."""
    return text.rstrip().rstrip("。.；;")


@register.filter
def role_name(role: str) -> str:
    """A role in the reader's language."""
    return str(Text(*ROLE_NAMES[Role(role)]))


@register.filter
def step_name(code: str) -> str:
    """A step of the procedure in the reader's language."""
    taken = step(code)
    return str(Text(taken.zh, taken.en))


@register.filter
def grade_name(grade: str) -> str:
    """A review grade in the reader's language."""
    return str(Text(*REVIEW_GRADE_NAMES[Grade(grade)])) if grade else ""


@register.filter
def result_grade(grade: str) -> str:
    """The grade of a score (优, 良, 中, 差 or what its scheme calls it) in the reader's language."""
    return str(Text(grade, GRADE_NAMES.get(grade, grade)))


@register.simple_block_tag(takes_context=False)
def panel(content: str, title: str = "", flush: bool = False) -> SafeString:
    """``{% panel title=… %}…{% endpanel %}``: a sheet with a heading. ``flush`` for a ledger that fills it."""
    head = format_html("<header><h2>{}</h2></header>", title) if title else ""
    return format_html('<section class="panel">{}<div class="{}">{}</div></section>', head, "flush" if flush else "body", content)


@register.simple_block_tag
def empty(content: str) -> SafeString:
    """``{% empty %}what is missing and what to do next{% endempty %}``."""
    return format_html('<div class="empty">{}</div>', content)


@register.simple_tag
def seal() -> SafeString:
    """The mark of the service: a balance cut in a seal. Decoration only."""
    return mark_safe(SEAL)  # noqa: S308 - a constant

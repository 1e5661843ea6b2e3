"""The pages of the office's work for a viewer: the choice of department and period, then the page's own tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Max

from zhiheng_kjj.office.desk import Desk
from zhiheng_kjj.office.pages import BY_CODE, PAGES, OfficePage
from zhiheng_kjj.office.tables import Table
from zhiheng_web.ledgers.models import Register
from zhiheng_web.ledgers.papers import Period, kinds_of, period_of
from zhiheng_web.ledgers.policies import scope_of, visible_registers
from zhiheng_web.organisation.authority import absent, authorise_menu, may
from zhiheng_web.organisation.models import Department
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.wording import Text

PAGE = Text("该页面", "this page")
QUARTERS = ("Q1", "Q2", "Q3", "Q4")


@dataclass(frozen=True, slots=True)
class Shown:
    """A page as it is drawn. ``papers``: the register gives papers by period; ``issues``: the viewer may issue them."""

    page: OfficePage
    department: Department
    departments: Sequence[Department]
    period: Period
    periods: Sequence[tuple[str, Text]]
    on: date
    tables: Sequence[Table]
    register: Register
    papers: bool
    issues: bool


def office_pages(viewer: Viewer) -> list[OfficePage]:
    """The pages whose registers the viewer reads."""
    authorise_menu(viewer, "ledgers.see_actuals")
    codes = set(visible_registers(viewer).values_list("code", flat=True))
    return [page for page in PAGES if page.registers[0] in codes]


def office_page(viewer: Viewer, code: str, query: Mapping[str, str]) -> Shown:
    """One page. The queries do not grow with the entries."""
    authorise_menu(viewer, "ledgers.see_actuals")
    page = BY_CODE.get(code)
    if page is None:
        raise absent(PAGE)
    rows = list(
        visible_registers(viewer)
        .filter(code=page.registers[0], pack="kjj")
        .select_related("department", "office")
        .order_by("department__code")
    )
    asked = query.get("department", "")
    register = next((row for row in rows if str(row.department_id) == asked), None if asked else next(iter(rows), None))
    if register is None:
        raise absent(PAGE)
    period = _period(viewer, page, register, query)
    desk = Desk(register.department, viewer.today(), period, viewer)
    return Shown(
        page=page,
        department=register.department,
        departments=[row.department for row in rows],
        period=period,
        periods=_periods(page, period.first.year),
        on=desk.on,
        tables=page.tables(desk) if all(desk.has(one) for one in page.registers) else [],
        register=register,
        papers=bool(kinds_of(register, "period")),
        issues=may(viewer, "ledgers.issue_paper", scope_of(register, viewer.today())),
    )


def _period(viewer: Viewer, page: OfficePage, register: Register, query: Mapping[str, str]) -> Period:
    """As asked, else the last year that holds something."""
    code = query.get("period", "") or query.get("year", "")
    if code:
        asked = period_of(code)
        return asked if len(code) == len("2020") or page.every else period_of(code[:4])
    desk = Desk(register.department, viewer.today(), period_of(str(viewer.today().year)), viewer)
    column = page.column
    last = desk.versions(page.registers[0]).filter(**{f"{column}__lte": viewer.today()}).aggregate(last=Max(column))["last"]
    return period_of(str((last or viewer.today()).year))


def _periods(page: OfficePage, year: int) -> list[tuple[str, Text]]:
    found = [(str(year), Text(f"{year}年", str(year)))]
    if "quarter" in page.every:
        found += [(f"{year}{quarter}", Text(period_of(f"{year}{quarter}").words, f"{year} {quarter}")) for quarter in QUARTERS]
    if "month" in page.every:
        found += [(f"{year}-{month:02d}", Text(f"{year}年{month}月", f"{year}-{month:02d}")) for month in range(1, 13)]
    return found

"""Tables without trustworthy columns: find their headings in the stream of cells and lay the cells into rows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from zhiheng.plan.place import Place
from zhiheng.plan.plan import Cell
from zhiheng.tables.layouts.aligned import PLACEHOLDER_NAME, is_title
from zhiheng.tables.layouts.headings import BEGINS_HEAD, announced_points, level, level_name, plain, word
from zhiheng.tables.layouts.listed import read_listed
from zhiheng.tables.layouts.look import DASH, UNKNOWN
from zhiheng.tables.layouts.raw import Raw, Row, Token, problem
from zhiheng.tables.layouts.solid import split_solid
from zhiheng.tables.layouts.stream import NAMELESS, Laid, lay
from zhiheng.tables.layouts.tokens import check_length, is_solid

SECTION = re.compile(r"[(（]?[一二三四五六七八九十]{1,3}[)）、.．]\s*\S{4,}")  # （四）部门职能职责: the text after the table
LEADS = ("project_name", "amount", "objective")
FIRST_OF = {"^(数量|质量|时效)": "产出指标", "^(经济|社会|生态|环境|可持续)": "效益指标", "满意度": "满意度指标"}


@dataclass(slots=True)
class Run:
    """A run of headings: tokens ``start`` to ``end`` (exclusive) and the roles in the order of the cells."""

    start: int
    end: int
    roles: list[str]
    tokens: dict[str, Token]
    lead: list[str]

    @property
    def width(self) -> int:
        """How many cells the heading line has, blank ones too; 0 where the headings take several lines or bars do not tell."""
        line = {(token.line, token.width) for token in self.tokens.values()}
        width = line.pop()[1] if len(line) == 1 else 0
        return width if width > len(self.tokens) / 2 and min(token.slot for token in self.tokens.values()) >= 0 else 0

    @property
    def slots(self) -> dict[int, str]:
        """The headings by the position of their cells."""
        return {token.slot: role for role, token in self.tokens.items()}


def read_stream(tokens: Sequence[Token]) -> list[Raw]:
    """The tables in a stream of cells, in order; none when there is neither a run of headings nor a list under level words."""
    if is_solid(tokens):
        tokens = split_solid(tokens)
    check_length(len(tokens), tokens[0].place.file if tokens else "")
    runs = _runs(tokens)
    if not runs:
        return read_listed(tokens)
    tables: list[Raw] = []
    at = 0
    for index, run in enumerate(runs):
        limit = runs[index + 1].start if index + 1 < len(runs) else len(tokens)
        body_end = _body_end(tokens, run.end, limit)
        raw = Raw(head=list(tokens[at : run.start]), aligned=False)
        raw.problems.extend(problem("columns-twice", token.place, heading=token.text) for token in _second_targets(run, tokens))
        body, projects = _take_projects(raw, run, list(tokens[run.end : body_end]))
        _name_column(run, body)
        for role, token in run.tokens.items():
            if role.startswith(UNKNOWN):
                continue
            raw.columns[role] = token.place
            raw.headings[role] = token.text
        next_head = _next_head(tokens, body_end, limit, last=index + 1 == len(runs))
        raw.tail = list(tokens[body_end:next_head])
        _lay_rows(raw, run, body, cut=body_end == len(tokens))
        _give_projects(raw, projects)
        tables.append(raw)
        at = next_head
    rest = list(tokens[at:])
    if tables and any(word("head", token.text) == "project" for token in rest):
        tables.append(Raw(head=rest, aligned=False))
    return tables


def _second_targets(run: Run, tokens: Sequence[Token]) -> list[Token]:
    """Target columns behind the one that is read: 实施期 and 年度 side by side, whose columns are lost."""
    targets = [token for token in tokens[run.start : run.end] if word("columns", token.text) == "target"]
    kept = next((at for at, token in enumerate(targets) if token is run.tokens.get("target")), len(targets))
    return targets[kept + 1 :]


def _heading_role(token: Token) -> str:
    if role := word("columns", token.text):
        return role
    return "group" if word("groups", token.text) or word("horizons", token.text) else ""


def _runs(tokens: Sequence[Token]) -> list[Run]:
    runs: list[Run] = []
    i = 0
    while i < len(tokens):
        j, known = i, 0
        while j < len(tokens) and (_heading_role(tokens[j]) or known >= 2 and _between_headings(tokens, i, j)):
            known += bool(word("columns", tokens[j].text))
            j += 1
        roles = [_heading_role(token) or f"{UNKNOWN}{at}" for at, token in enumerate(tokens[i:j])]
        if len({role for role in roles if role != "group" and not role.startswith(UNKNOWN)}) >= 3 and _has_names_and_values(roles):
            lead = [role for role in roles[: roles.index("category1")] if role in LEADS] if "category1" in roles else []
            runs.append(Run(i, j, *_ordered(tokens[i:j], roles), lead))
        i = max(j, i + 1)
    return runs


def _has_names_and_values(roles: Sequence[str]) -> bool:
    return bool({"name", "category1", "category2"} & set(roles) and {"target", "actual"} & set(roles))


def _between_headings(tokens: Sequence[Token], start: int, at: int) -> bool:
    """Whether a word that is not known stands among headings: it is a column of the office's own."""
    if len(tokens[at].text) > 14 or level(tokens[at].text) or word("ends", tokens[at].text):
        return False
    if at + 1 < len(tokens) and word("columns", tokens[at + 1].text):
        return True
    return tokens[at].line == tokens[at - 1].line and tokens[at].line == tokens[start].line and tokens[at].column > 1


def _ordered(tokens: Sequence[Token], roles: Sequence[str]) -> tuple[list[str], dict[str, Token]]:
    """The order in which cells follow.

    Headings in two lines come flattened: the lower line, which holds the level words, then stands behind the upper one and takes
    the place of its first headings.
    """
    pairs = [(role, token) for role, token in zip(roles, tokens, strict=True) if role != "group" and role not in LEADS]
    first_level = next((at for at, (role, _) in enumerate(pairs) if role == "category1"), 0)
    if any(role == "target" for role, _ in pairs[:first_level]):
        lower = pairs[first_level:]
        have = {role for role, _ in lower} | {"name"}
        pairs = lower + [(role, token) for role, token in pairs[:first_level] if role not in have]
    elif first_level:
        pairs = pairs[first_level:] + [pair for pair in pairs[:first_level] if pair[0] != "name"]
    order: list[str] = []
    found: dict[str, Token] = {}
    for role, token in pairs:
        if role not in found:
            order.append(role)
            found[role] = token
    return order, found


def _take_projects(raw: Raw, run: Run, body: list[Token]) -> tuple[list[Token], list[tuple[Token, Cell]]]:
    """In a list of projects each begins with its name, money and goal before its first level word.

    Returns the body without them, and for each project the level word that follows and its name.
    """
    projects: list[tuple[Token, Cell]] = []
    size = len(run.lead)
    i = 0
    while size and i + size < len(body):
        group = body[i : i + size]
        fits = level(body[i + size].text) in {"first", "both"} and not any(level(token.text) for token in group)
        if not fits or not all(
            bool(re.fullmatch(r"[\d.,]+", t.text)) == (role == "amount") for role, t in zip(run.lead, group, strict=True)
        ):
            i += 1
            continue
        found = dict(zip(run.lead, group, strict=True))
        name = Cell(found["project_name"].text, found["project_name"].place) if "project_name" in found else Cell("")
        projects.append((body[i + size], name))
        if "objective" in found:
            raw.head += [Token("绩效目标", found["objective"].place, 0, 0), found["objective"]]
        if "amount" in found:
            raw.items.append((name, Cell(found["amount"].text, found["amount"].place)))
        del body[i : i + size]
    return body, projects


def _give_projects(raw: Raw, projects: Sequence[tuple[Token, Cell]]) -> None:
    if not any(name.text for _, name in projects):
        return
    raw.columns["project_name"] = projects[0][1].place

    def begins(place: Place) -> tuple[int, int]:
        return place.row or 0, place.column or 0

    for row in raw.rows:
        named = [name for token, name in projects if begins(token.place) <= begins(row.place)]
        row.cells["project_name"] = named[-1] if named else Cell("", row.place)


def _name_column(run: Run, body: Sequence[Token]) -> None:
    if "name" in run.roles:
        return
    kinds = [level(token.text) for token in body]
    both = any(kind == "first" for kind in kinds) and any(kind == "second" for kind in kinds)
    order = ("definition", "category2", "category1") if both else ("category2", "definition", "category1")
    role = next(role for role in order if role in run.roles)
    run.roles[run.roles.index(role)] = "name"
    run.tokens = {("name" if key == role else key): token for key, token in run.tokens.items()}


def _body_end(tokens: Sequence[Token], start: int, limit: int) -> int:
    for i in range(start, limit):
        end = word("ends", tokens[i].text) or word("ends", tokens[i].text + "：")
        if (
            SECTION.match(tokens[i].text)
            or end
            or i > start
            and word("head", tokens[i].text) == "project"
            or is_title(tokens[i].text)
            and len(tokens[i].text) > 6
        ):
            return i
    return limit


def _next_head(tokens: Sequence[Token], start: int, limit: int, *, last: bool) -> int:
    for i in range(start, limit):
        if word("head", tokens[i].text) in BEGINS_HEAD or is_title(tokens[i].text) and i > start:
            return i
    return len(tokens) if last else limit


def _lay_rows(raw: Raw, run: Run, body: Sequence[Token], *, cut: bool) -> None:
    roles = ["name", *(role for role in run.roles if role not in {"name", "category1", "category2", "duty_number"})]
    blank = [token for token in body if PLACEHOLDER_NAME.fullmatch(token.text)]
    for token in blank:
        raw.problems.append(problem("blank-template-row", token.place, text=token.text))
    laying = lay(
        [token for token in body if not PLACEHOLDER_NAME.fullmatch(token.text)],
        roles,
        levels="category1" in run.roles or "category2" in run.roles,
        cut=cut,
        slots=run.slots,
        width=run.width,
    )
    path: list[str] = ["", ""]
    unknown: dict[str, int] = {}
    for index, laid in enumerate(laying.rows):
        _walk_levels(raw, path, laid.levels)
        name = _joined(laid.fields["name"])
        filled = set(laid.fields) - {"name", "weight"}
        final = cut and index + 1 == len(laying.rows)
        if final and _is_cut(laid, laying.rows[:-1]):
            raw.problems.append(problem("truncated", name.place, text=" ".join(t.text for ts in laid.fields.values() for t in ts)))
            if not filled:
                continue
        for role in [role for role in laid.fields if role.startswith(UNKNOWN)]:
            unknown[role] = unknown.get(role, 0) + 1
            del laid.fields[role]
        cells = {role: Cell("", name.place) for role in roles if not role.startswith(UNKNOWN)} | {
            role: _joined(found) for role, found in laid.fields.items()
        }
        if laid.uncertain:
            raw.problems.append(problem("row-uncertain", name.place, text=name.text))
        raw.rows.append(Row(cells, tuple(part for part in path if part), "", name.place))
    if not cut:
        _walk_levels(raw, path, laying.bare_levels, at_end=True)
    for role, count in unknown.items():
        heading = run.tokens[role]
        raw.problems.append(problem("column-unknown", heading.place, heading=heading.text, count=str(count)))
    told = any(found.code == "truncated" for found in raw.problems)
    if cut and body and not told and (laying.bare_levels or body[-1] in blank or body[-1] in laying.left):
        raw.problems.append(problem("truncated", body[-1].place, text=body[-1].text))
    for token in laying.left:
        raw.problems.append(problem("text-left-over", token.place, text=token.text[:60]))


def _is_cut(last: Laid, before: Sequence[Laid]) -> bool:
    usual = {role for role in ("target", "actual", "weight", "points") if sum(role in row.fields for row in before) * 2 > len(before)}
    return bool((usual or {"target"}) - set(last.fields))


def _joined(tokens: Sequence[Token]) -> Cell:
    text = " ".join(token.text for token in tokens)
    return Cell(re.sub(r"(?<=[\d万亿]) (?=[^\x00-\x7f]{1,4}$)", "", text), tokens[0].place if tokens else Place())


def _walk_levels(raw: Raw, path: list[str], levels: Sequence[Token], *, at_end: bool = False) -> None:
    """Bring the path up to date; a level word that another of its kind follows at once had no indicator."""
    levels = [token for token in levels if not DASH.fullmatch(token.text)]
    for i, token in enumerate(levels):
        if NAMELESS.fullmatch(token.text):
            _nameless_level(raw, path, token, levels[i + 1] if i + 1 < len(levels) else None)
            continue
        kind = _kind(path, token, levels[i + 1] if i + 1 < len(levels) else None)
        name = level_name(token.text)
        if points := announced_points(token.text):
            raw.levels.setdefault(name, points)
        if kind == "first" or "满意度" in name and not path[0].startswith("满意度"):
            path[:] = [name, ""]
        else:
            path[1] = name
        last = i + 1 == len(levels)
        if at_end and last or kind == "second" and (at_end or not last):
            raw.problems.append(problem("level-without-indicator", token.place, level=name))


def _nameless_level(raw: Raw, path: list[str], token: Token, following: Token | None) -> None:
    """（50分） whose 产出指标 was lost: the second level below it names the first, as in both official trees."""
    first = next((first for words, first in FIRST_OF.items() if following is not None and re.search(words, following.text)), "")
    path[:] = [first, ""]
    raw.levels[first or "—"] = "".join(re.findall(r"[\d.]", token.text))
    raw.problems.append(problem("level-lost", token.place, repaired=bool(first), text=token.text, level=first or "—"))


def _kind(path: Sequence[str], token: Token, following: Token | None) -> str:
    kind = level(token.text)
    if not kind:  # a word of the office's own tree
        return "first" if following is not None else "second"
    if kind != "both":
        return kind
    # 成本指标 and 满意度指标 name a first level in one tree and a second level in another
    twice = following is not None and plain(following.text) == plain(token.text) and plain(token.text).startswith("成本")
    if following is not None and level(following.text) in {"second", "both"} and not _same(path, token) and not twice:
        return "first"
    if plain(token.text).startswith("成本"):
        return "second" if path[0].startswith("产出") or not path[0] else "first"
    return "second" if path[0].startswith("满意度") and not path[1] else "first"


def _same(path: Sequence[str], token: Token) -> bool:
    return path[0] == level_name(token.text) and not path[1]

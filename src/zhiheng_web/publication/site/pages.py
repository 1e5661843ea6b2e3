"""The public site: relative path → bytes. The live pages and the folder hold exactly these, made from published content alone."""

from __future__ import annotations

import hashlib
import mimetypes
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from importlib import resources
from typing import Any

from django.template.loader import get_template
from django.utils.safestring import mark_safe
from django.utils.translation import override

from zhiheng_web.publication.content.aftermath import EvaluationResult
from zhiheng_web.publication.content.places import ROW_CELLS, TABLE_CELLS
from zhiheng_web.publication.content.shape import Content
from zhiheng_web.publication.content.tables import Duty, PublicTable, Row
from zhiheng_web.publication.handed_in import bytes_of, handed_in, path_of
from zhiheng_web.publication.queries.published import Published
from zhiheng_web.publication.site import downloads, proof
from zhiheng_web.publication.site.pieces import (
    ON_THE_PAGE,
    caption,
    counts,
    differs,
    drawn,
    evidence,
    levels_of,
    linked,
    longest_gaps,
    report_texts,
    weighed,
)
from zhiheng_web.publication.site.shown import Shown, shown
from zhiheng_web.publication.site.words import (
    JOINS,
    LAMPS,
    MEASURES,
    SOURCES,
    change_in_words,
    closed_words,
    reason_word,
    recorded,
    state_word,
    working,
)
from zhiheng_web.wording import Text

Maker = Callable[[], bytes]
LANGUAGES = (("", "zh-hans"), ("en/", "en"))
MEDIA = {
    ".html": "text/html; charset=utf-8", ".css": "text/css; charset=utf-8", ".csv": "text/csv; charset=utf-8",
    ".json": "application/json; charset=utf-8", ".py": "text/plain; charset=utf-8",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}  # fmt: skip


def media_type(path: str) -> str:
    """What a file of the site is."""
    ending = path[path.rfind(".") :]
    return MEDIA.get(ending) or mimetypes.guess_type(path)[0] or "application/octet-stream"


class Site:
    """The whole site of some packages. Nothing is made before it is asked for."""

    def __init__(self, packages: Sequence[Published]) -> None:
        self.packages = shown(list(packages))
        self.keys = {one.key: one for one in self.packages}

    def paths(self) -> Iterator[str]:
        """Every path of the site."""
        for part in self.parts():
            yield from part

    def parts(self) -> Iterator[Mapping[str, Maker]]:
        """Path → what makes it: what belongs to no package, then each package."""
        yield self.common
        for one in self.packages:
            yield self.site_of(one).makers

    def file(self, path: str) -> bytes:
        """The bytes of one path; KeyError where there is none."""
        return self.maker(path)()

    def maker(self, path: str) -> Maker:
        """What makes a path; KeyError where there is none."""
        if path in self.common:
            return self.common[path]
        one = self.package_of(path)
        if one is None:
            raise KeyError(path)
        return self.site_of(one).makers[path]

    def package_of(self, path: str) -> Shown | None:
        """The package whose page or file a path is, or would be."""
        return next((self.keys[key] for key in key_in(path) if key in self.keys), None)

    def site_of(self, one: Shown) -> PackageSite | WithdrawnSite:
        """The pages of a package, or what stands in their place."""
        return PackageSite(one, self) if one.package.withdrawn is None else WithdrawnSite(one, self)

    def editions(self, one: Shown) -> list[Shown]:
        """The other editions of a package, the first first."""
        same = [
            other for other in self.packages
            if other.key != one.key and other.package.department == one.package.department
            and (other.package.year, other.package.kind) == (one.package.year, one.package.kind)
        ]  # fmt: skip
        return sorted(same, key=lambda other: other.package.edition)

    def newer(self, one: Shown) -> Shown | None:
        """The newest edition, where this one is not."""
        later = [other for other in self.editions(one) if other.package.edition > one.package.edition]
        return later[-1] if later else None

    @cached_property
    def common(self) -> Mapping[str, Maker]:
        """What belongs to no package: the list, how to check, the style, the program of the proof."""
        found: dict[str, Maker] = {"assets/site.css": style, "proof/verify.py": proof.program}
        found["proof/files.json"] = lambda: proof.packages_file(self.proved)
        for prefix, code in LANGUAGES:
            found[f"{prefix}index.html"] = lambda prefix=prefix, code=code: self._index(prefix, code)
            found[f"{prefix}check.html"] = lambda prefix=prefix, code=code: self._check(prefix, code)
        return found

    @property
    def proved(self) -> dict[str, Shown]:
        """The packages with data: those that are not withdrawn."""
        return {key: one for key, one in self.keys.items() if one.package.withdrawn is None}

    @property
    def demonstration(self) -> bool:
        """Whether anything of it is invented."""
        return any(one.head["demonstration"] for one in self.packages)

    def _index(self, prefix: str, code: str) -> bytes:
        departments: dict[str, list[Shown]] = {}
        for one in self.packages:
            departments.setdefault(one.head["department"], []).append(one)
        return rendered("index", code, f"{prefix}index.html", departments=departments, demonstration=self.demonstration)

    def _check(self, prefix: str, code: str) -> bytes:
        return rendered("check", code, f"{prefix}check.html", demonstration=self.demonstration, packages=list(self.proved.values()))


class PackageSite:
    """Pages and files of one package."""

    def __init__(self, one: Shown, site: Site) -> None:
        self.one, self.site, self.content = one, site, one.content
        self.made = downloads.files(one)

    @cached_property
    def proof(self) -> proof.Proof:
        """The proof of the package."""
        return proof.proof_of(self.one.key, self.content)

    @property
    def named(self) -> dict[str, bytes | None]:
        """The open data as the proof names them; documents by their name alone, for nobody computes with them."""
        return {f"../{self.one.key}/{path}": make() if path.endswith((".csv", ".json")) else None for path, make in self.made.items()}

    @cached_property
    def makers(self) -> Mapping[str, Maker]:
        """Path → what makes it."""
        key = self.one.key
        found: dict[str, Maker] = {f"{key}/{path}": maker for path, maker in self.made.items()}
        found[f"proof/data/{key}.json"] = lambda: self.proof.data(key, self.named)
        for name in self.proof.lines:
            found[f"proof/data/{name}"] = lambda name=name: self.proof.lines[name]
        for _, _, file in handed_in(self.content):
            found[f"{key}/{path_of(file)}"] = lambda file=file: bytes_of(file)
        for prefix, code in LANGUAGES:
            found |= self._pages(f"{prefix}{key}/", code)
        return found

    def _pages(self, folder: str, code: str) -> dict[str, Maker]:
        found: dict[str, Maker] = {f"{folder}index.html": lambda: self._package(f"{folder}index.html", code)}
        for table in self.content.tables:
            where = f"{folder}{table.slug}/"
            found[f"{where}index.html"] = lambda table=table, where=where: self._table(f"{where}index.html", code, table)
            for duty in table.duties:
                here = f"{where}{duty.slug}.html"
                found[here] = lambda table=table, duty=duty, here=here: self._duty(here, code, table, duty)
            for row in table.rows:
                here = f"{where}{row.slug}.html"
                found[here] = lambda table=table, row=row, here=here: self._row(here, code, table, row)
        for each in self.content.evaluations:
            if each.slug:
                here = f"{folder}{each.slug}.html"
                found[here] = lambda each=each, here=here: self._evaluation(here, code, each)
        return found

    def _rendered(self, name: str, code: str, here: str, **more: Any) -> bytes:
        head = self.content.head
        return rendered(
            name, code, here, key=self.one.key, one=self.one, package=self.one.package, content=self.content, head=head,
            demonstration=head.demonstration, files=self.made, final=head.kind == "final", newer=self._newer(here), **more,
        )  # fmt: skip

    def _newer(self, here: str) -> tuple[Shown, str] | None:
        """The newest edition and the same page of it, for every page of an edition that was corrected."""
        newest = self.site.newer(self.one)
        if newest is None:
            return None
        rest = here.removeprefix("en/").partition("/")[2]
        return newest, rest if same_page(self.content, newest.content, rest) else "index.html"

    def _package(self, here: str, code: str) -> bytes:
        before = self.site.editions(self.one)
        statements = [(one, linked(one, self.content)) for one in self.content.narrative]
        names = {table.slug: table.of or table.slug for table in self.content.tables}
        return self._rendered(
            "package", code, here, editions=before, statements=statements, names=names, differs=differs(self.content),
            tables=[(table, counts(table)) for table in self.content.tables],
            redactions=[(one, self.place_words(one.place)) for one in self.content.redactions],
        )  # fmt: skip

    def place_words(self, place: str) -> Text:
        """Where something is withheld, in words; a name that is itself withheld is not told."""
        table, _, rest = place.partition("/")
        held = self.content.table(table)
        words = Text(held.of if held and held.of else table, held.of if held and held.of else table)
        row, _, cell = rest.partition("/")
        found = self.content.row(table, row) if row else None
        parts = [words] + ([Text(found.name or row, found.name or row)] if found is not None else [])
        last = cell if found is not None or cell else row
        named = (ROW_CELLS if found is not None else TABLE_CELLS).get(last)
        parts += [named] if named is not None else []
        return Text(" · ".join(one.zh for one in parts), " · ".join(one.en for one in parts))

    def _table(self, here: str, code: str, table: PublicTable) -> bytes:
        duties = {duty.slug: duty for duty in table.duties}
        content = self.content
        return self._rendered(
            "table", code, here, table=table, rows=[(row, f"{table.slug}/{row.slug}", duties.get(row.duty)) for row in table.rows],
            words=WORDS, names={row.slug: row.name or row.slug for row in table.rows},
            evaluations=[one for one in content.evaluations if one.table == table.slug],
            uses=[one for one in content.uses if one.table == table.slug], weighed=weighed(table),
        )  # fmt: skip

    def _evaluation(self, here: str, code: str, one: EvaluationResult) -> bytes:
        return self._rendered(
            "evaluation", code, here, report=one, subject=self.content.table(one.table), said=report_texts(one), levels=levels_of(one)
        )

    def _duty(self, here: str, code: str, table: PublicTable, duty: Duty) -> bytes:
        rows = [(row, f"{table.slug}/{row.slug}") for row in table.rows_of(duty.slug)]
        return self._rendered("duty", code, here, table=table, duty=duty, place=f"{table.slug}/{duty.slug}", rows=rows, words=WORDS)

    def _row(self, here: str, code: str, table: PublicTable, row: Row) -> bytes:
        place, actual, change = f"{table.slug}/{row.slug}", row.actual, change_in_words(row)
        duty = next((one for one in table.duties if one.slug == row.duty), None)
        rows = list(table.rows)
        index = rows.index(row)
        with override(code):
            chart = drawn(row) if actual is not None and actual.months else mark_safe("")
        parts = [
            {
                "part": part, "address": f"{place}/part/{part.code}",
                "counted": [line for line in part.lines if not line.reason][:ON_THE_PAGE],
                "csv": f"data/{table.slug}-{row.slug}-{part.code}.csv",
                "recorded": recorded(part),
                "closed": closed_words(actual.source, part.closed), "working": working(part, actual.source, change), "words": change,
                "signs": any(line.sign for line in part.how),
                "measure": MEASURES["declared" if actual.source == "declared" else part.measure],
                "more": max(0, sum(not line.reason for line in part.lines) - ON_THE_PAGE), "decides": index_ == actual.decisive,
            }
            for index_, part in enumerate(actual.parts if actual else ())
        ]  # fmt: skip
        decisive = parts[actual.decisive]["address"] if actual and parts and actual.decisive < len(parts) else f"{place}/actual"
        return self._rendered(
            "row", code, here, table=table, row=row, duty=duty, place=place, parts=parts, chart=chart, caption=caption(row), words=WORDS,
            decisive=decisive, before=rows[index - 1] if index else None, after=rows[index + 1] if index + 1 < len(rows) else None,
            gaps=longest_gaps(row), evidence=evidence(row),
            months=[(one, state_word(one.state)) for one in actual.months] if actual else [],
        )  # fmt: skip


class WithdrawnSite:
    """What stands in the place of a withdrawn edition: on each of its pages that it was withdrawn, when and on what ground. No data."""

    def __init__(self, one: Shown, site: Site) -> None:
        self.one, self.site = one, site

    @cached_property
    def makers(self) -> Mapping[str, Maker]:
        """Path → what makes it."""
        withdrawn = self.one.package.withdrawn
        rests = withdrawn.pages if withdrawn is not None else ()
        found: dict[str, Maker] = {}
        for prefix, code in LANGUAGES:
            for rest in rests:
                here = f"{prefix}{self.one.key}/{rest}"
                found[here] = lambda here=here, code=code: self.notice(here, code)
        return found

    def notice(self, here: str, code: str) -> bytes:
        """The notice at a path."""
        head = self.one.content.head
        return rendered(
            "withdrawn", code, here, one=self.one, package=self.one.package, head=head, demonstration=head.demonstration,
            newer=self.site.newer(self.one), key=self.one.key,
        )  # fmt: skip


def same_page(content: Content, other: Content, rest: str) -> bool:
    """Whether another edition has the page: of the same table, the same duty, the same indicator."""
    slug, _, name = rest.partition("/")
    place = name.removesuffix(".html")
    table, found = content.table(slug), other.table(slug)
    if not name:
        return rest == "index.html" or other.evaluation(slug.removesuffix(".html")) is not None
    if table is None or found is None or (table.code and found.code and table.code != found.code):
        return False
    known = {"index", *(one.slug for one in found.duties), *(one.slug for one in found.rows)}
    return place in known


WORDS = {"state": state_word, "join": JOINS, "source": SOURCES, "lamp": LAMPS, "reason": reason_word}
"""Words that templates look up."""


def rendered(name: str, code: str, here: str, **context: Any) -> bytes:
    """One page in one language. ``here`` is its own path: every link is relative to it."""
    other = context.pop("other", here.removeprefix("en/") if code == "en" else f"en/{here}")
    with override(code):
        text = get_template(f"publication/public/{name}.html").render({"here": here, "other": other, "code": code, **context})
    return text.encode()


def withdrawn_notice(site: Site, path: str) -> bytes | None:
    """What a reader gets who asks for anything of a withdrawn edition; None where the path is of no such one."""
    one = site.package_of(path)
    if one is None or one.package.withdrawn is None:
        return None
    return WithdrawnSite(one, site).notice(path, "en" if path.startswith("en/") else "zh-hans")


def nowhere(path: str, site: Site) -> bytes:
    """The page of an address that is not there, in the language that the address is of."""
    code = "en" if path.startswith("en/") else "zh-hans"
    depth = "/".join("x" for _ in path.split("/"))
    here = f"en/{depth.removeprefix('x/')}" if code == "en" else depth
    return rendered("nowhere", code, here, other="index.html" if code == "en" else "en/index.html", demonstration=site.demonstration)


def style() -> bytes:
    """The style of the site: the tokens of the interface, and its own rules."""
    found = [("zhiheng_web.ui", "static/ui/tokens.css"), ("zhiheng_web.ui", "static/ui/charts.css")]
    found.append(("zhiheng_web.publication", "static/publication/site.css"))
    return "\n".join(resources.files(package).joinpath(path).read_text("utf-8") for package, path in found).encode()


def key_in(path: str) -> Iterator[str]:
    """The folders of a path that can be that of a package."""
    pieces = path.removeprefix("en/").split("/")
    if pieces[0] != "proof":
        yield pieces[0]
    elif len(pieces) == 3 and pieces[2].endswith(".json"):
        yield pieces[2].removesuffix(".json")
    elif len(pieces) == 5:
        yield pieces[3]


def tag(packages: Sequence[Published], path: str) -> str:
    """The ETag of a path: that of the content it is made from."""
    words = "|".join([path, *(f"{one.package}{one.digest}{one.latest}{one.withdrawn is None}" for one in packages)])
    return f'"{hashlib.sha256(words.encode()).hexdigest()[:32]}"'

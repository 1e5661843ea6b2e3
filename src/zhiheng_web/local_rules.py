"""本地规则: an installation's own scoring schemes, monitoring policies and settings beside those of the product.

They lie in one folder (``ZHIHENG_RULES``): ``schemes/*.toml`` and ``policies/*.toml``, written like the product's, each by the name of
its file, and ``office.toml``, the file of ``zhiheng check --config``, whose parameters and severities hold for every page. What is kept of
a closed year never reads them again: it keeps its rules word for word. A process reads the folder once.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from functools import cache
from hashlib import sha256
from pathlib import Path

from django.conf import settings

from zhiheng.audit.configuration import Configuration, Misconfigured, configuration
from zhiheng.audit.selection import Selection
from zhiheng.monitoring import policy as monitoring
from zhiheng.monitoring.policy import Policy
from zhiheng.parameters import parameters
from zhiheng.parameters.parameters import Parameters, national
from zhiheng.scoring import scheme_file
from zhiheng.scoring.scheme import Scheme
from zhiheng.scoring.setting_file import SettingError
from zhiheng_web.trail.action import Refusal
from zhiheng_web.wording import Text

GENERAL = "national"
"""The scheme and the policy that hold where none is chosen."""
OFFICE = "office.toml"
OWN = Text("本地设置", "set by this installation")
TAKEN = Text(
    "{file}：产品自带同名的文件，请换一个文件名。", "{file}: the product has one of that name; give the file another name."
)
LONGEST = 40
LONG = Text("{file}：文件名超过 {n} 个字，请改短。", "{file}: the name is longer than {n} characters; shorten it.")
SCHEME, POLICY = Text("计分方案", "scoring scheme"), Text("监控办法", "monitoring policy")
GONE = Text(
    "{what}“{name}”的文件不在 {folder} 中。请管理员放回原文件并重新启动服务，或改选别的{what}。",
    "The file of the {what} “{name}” is not in {folder}. Put it back and restart the service, or choose another {what}.",
)
UNFIT = Text("{file}：{reason}", "{file}: {reason}")
UNREADABLE = Text("{file} 无法读取：{reason}", "{file} cannot be read: {reason}")


def schemes() -> Mapping[str, Scheme]:
    """计分方案 by name: the product's, the general one first, then the installation's own."""
    return {name: scheme_file.scheme(name) for name in scheme_file.names()} | _schemes(settings.RULES)


def scheme_named(name: str) -> Scheme:
    """The scheme of that name; the general one where there is none."""
    known = schemes()
    return known.get(name) or known[GENERAL]


def scheme_chosen(name: str) -> Scheme:
    """The scheme that was chosen by that name. Refusal where its file is gone: nothing is scored by another in silence."""
    if name not in (known := schemes()):
        raise Refusal("rules_gone", GONE.with_(what=SCHEME, name=name, folder=settings.RULES / "schemes"))
    return known[name]


def scheme_source(name: str) -> str:
    """The file of a scheme word for word."""
    own = _file(settings.RULES, "schemes", name)
    return own.read_text("utf-8") if own is not None else scheme_file.source(name)


def policies() -> Mapping[str, Policy]:
    """监控办法 by name: the product's, the general one first, then the installation's own."""
    return {name: monitoring.shipped(name) for name in monitoring.names()} | _policies(settings.RULES)


def policy_chosen(name: str) -> Policy:
    """The policy that was chosen by that name. Refusal where its file is gone: no lamp burns by another in silence."""
    if name not in (known := policies()):
        raise Refusal("rules_gone", GONE.with_(what=POLICY, name=name, folder=settings.RULES / "policies"))
    return known[name]


def in_force(day: date) -> Parameters:
    """The parameters in force on a day, with the installation's own laid over them."""
    return parameters.in_force(day, _office(settings.RULES).parameters)


def basis(key: str, day: date) -> tuple[str, str]:
    """What the value of a parameter rests on and how far that was checked; one of the installation's own is its setting."""
    if key in _office(settings.RULES).parameters:
        return OWN.zh, "convention"
    known = national()[key]
    return max((one for one in known.values if one.start <= day), key=lambda one: one.start).basis, known.status


def selection(select: tuple[str, ...] = (), ignore: tuple[str, ...] = ()) -> Selection:
    """Which rules of the audit run and how grave their findings are; of some of them only, where a page asks for some."""
    own = _office(settings.RULES).selection
    return replace(own, select=select or own.select, ignore=(*own.ignore, *ignore))


def mark() -> str:
    """A digest of the installation's settings of the audit; '' where it has none."""
    path = settings.RULES / OFFICE
    return sha256(path.read_bytes()).hexdigest()[:12] if path.is_file() else ""


def faults() -> Iterator[Text]:
    """What in the folder cannot be followed: file, place and reason. Nothing of the service starts on such a folder."""
    for kind, read, taken in (("schemes", scheme_file.read, scheme_file.names()), ("policies", monitoring.read, monitoring.names())):
        for path in _files(settings.RULES, kind):
            try:
                read(path)
            except SettingError as fault:
                yield UNFIT.with_(file=path, reason=str(fault))
            except OSError as fault:
                yield UNREADABLE.with_(file=path, reason=fault.strerror or str(fault))
            if path.stem in taken:
                yield TAKEN.with_(file=path)
            if len(path.stem) > LONGEST:
                yield LONG.with_(file=path, n=LONGEST)
    if (settings.RULES / OFFICE).exists():
        try:
            configuration(settings.RULES / OFFICE)
        except Misconfigured as fault:
            yield Text(fault.text("zh"), fault.text("en"))


def _files(folder: Path, kind: str) -> list[Path]:
    return sorted((folder / kind).glob("*.toml"))


def _file(folder: Path, kind: str, name: str) -> Path | None:
    return next((path for path in _files(folder, kind) if path.stem == name), None)


@cache
def _schemes(folder: Path) -> Mapping[str, Scheme]:
    return {path.stem: scheme_file.read(path) for path in _files(folder, "schemes")}


@cache
def _policies(folder: Path) -> Mapping[str, Policy]:
    return {path.stem: monitoring.read(path) for path in _files(folder, "policies")}


@cache
def _office(folder: Path) -> Configuration:
    path = folder / OFFICE
    return configuration(path) if path.is_file() else Configuration()

"""``zhiheng rules``: the audit rules, and one of them explained."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from zhiheng_cli.texts import Failure, Language, text, unknown_rule

if TYPE_CHECKING:
    from zhiheng.audit.rule import Rule


BRACKETED = re.compile(r"(.*?)（([^（）]*) / ([^（）]*)）")


class Format(StrEnum):
    """What the answer is written as."""

    TEXT = "text"
    JSON = "json"


def rules(
    codes: Annotated[list[str] | None, typer.Argument(help="规则代码，如 R03；不写则列出全部 / codes; none: list all")] = None,
    format: Annotated[Format, typer.Option(help="输出格式 / output format")] = Format.TEXT,  # noqa: A002
    lang: Annotated[Language, typer.Option(help="语言 / language", envvar="ZHIHENG_LANG")] = Language.ZH,
) -> int:
    """列出审核规则，或解释其中几条。

    List the audit rules, or explain some of them: what, why, examples, remedy, source.
    """
    from zhiheng.audit.catalogue import RULES, rule
    from zhiheng.audit.selection import Unknown

    try:
        chosen = [rule(code) for code in codes] if codes else list(RULES)
    except Unknown as unknown:
        raise Failure(unknown_rule(unknown, lang)) from None
    if format is Format.JSON:
        import json

        print(json.dumps([described(one, lang) for one in chosen], ensure_ascii=False, indent=2))
    elif codes:
        print("\n\n".join(explained(one, lang) for one in chosen))
    else:
        list_all(chosen, lang)
    return 0


def described(rule: Rule, lang: Language) -> dict[str, str]:
    """A rule with all its texts in one language."""
    texts = rule.texts(lang)
    named = ("title", "what", "why", "flagged", "accepted", "remedy", "message")
    return {
        "code": rule.code,
        "family": rule.family,
        "severity": rule.severity.value,
        **{name: getattr(texts, name) for name in named},
        "source": source_in(rule.source, lang),
    }


def explained(rule: Rule, lang: Language) -> str:
    """A rule as a page of text."""
    texts = rule.texts(lang)
    lines = [f"{rule.code}  {texts.title}  [{text(rule.severity.value, lang)}]"]
    for name in ("what", "why", "flagged", "accepted", "remedy"):
        lines.append(f"{text('rule_' + name, lang)}{getattr(texts, name)}")
    lines.append(f"{text('rule_source', lang)}{source_in(rule.source, lang)}")
    if rule.replaces:
        lines.append(text("rule_replaces", lang, code=rule.replaces))
    return "\n".join(lines)


def source_in(source: str, lang: Language) -> str:
    """The part of a source that is in the language: 甲 / one, or 文号（甲 / one）."""
    english = lang is Language.EN
    if found := BRACKETED.fullmatch(source):
        return f"{found[1]} ({found[3]})" if english else f"{found[1]}（{found[2]}）"
    zh, mark, en = source.partition(" / ")
    return en if english and mark else zh


def list_all(chosen: list[Rule], lang: Language) -> None:
    """One line per rule, under its family's letter."""
    for one in chosen:
        print(f"{one.code:<5} {text(one.severity.value, lang)}  {one.texts(lang).title}")
    print(text("rules_counted", lang, count=len(chosen)))

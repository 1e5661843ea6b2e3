"""A mistyped command line in words: the fault in Chinese and in English, and where the usage is told."""

from __future__ import annotations

import re

import typer

from zhiheng_cli.texts import text

COMMAND = re.compile(r"No such command '([^']*)'")
VALUES = {"MissingParameter": "usage_missing", "NoSuchOption": "usage_no_option", "BadParameter": "usage_bad_value"}
EXTRA = re.compile(r"unexpected extra argument")


def sentence(fault: typer.TyperException, language: str = "") -> str:
    """What is wrong with the command line and which command tells its usage; English words alone in English."""
    english = str(fault.format_message()) if hasattr(fault, "format_message") else str(fault)
    context = getattr(fault, "ctx", None)
    command = context.command_path if context else "zhiheng"
    return text("usage", language, fault=chinese(fault, english), english=english.rstrip("."), command=command)


def chinese(fault: typer.TyperException, english: str) -> str:
    """The fault in Chinese."""
    kind = type(fault).__name__
    if kind in VALUES:
        return text(VALUES[kind], "zh", name=name_of(fault))
    if found := COMMAND.search(english):
        return text("usage_no_command", "zh", name=found[1])
    return text("usage_extra" if EXTRA.search(english) else "usage_wrong", "zh")


def name_of(fault: typer.TyperException) -> str:
    """The option or argument that the fault is about, as the usage writes it."""
    if option := getattr(fault, "option_name", ""):
        return str(option)
    parameter = getattr(fault, "param", None)
    if parameter is None:
        return ""
    options = [name for name in parameter.opts if name.startswith("-")]
    return options[0] if options else str(parameter.metavar or parameter.name).upper()

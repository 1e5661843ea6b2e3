"""The zhiheng command: what its commands are, and how every failure ends.

Exit codes: 0 done and nothing grave found, 1 grave findings, 2 something could not be read, written or understood,
141 who read the output went away.
A command never ends in a traceback: what a person can mend is said in one sentence.
"""

from __future__ import annotations

import io
import os
import sys
from itertools import pairwise
from typing import Annotated, NoReturn

import typer

from zhiheng_cli import pack, trail
from zhiheng_cli.actuals import actuals
from zhiheng_cli.administrator import administrator
from zhiheng_cli.backup import backup, restore
from zhiheng_cli.bundle import bundle
from zhiheng_cli.check import check
from zhiheng_cli.convert import convert
from zhiheng_cli.demo import demo
from zhiheng_cli.explain import explain
from zhiheng_cli.publish import publish
from zhiheng_cli.rules import rules
from zhiheng_cli.schema import schema
from zhiheng_cli.score import score
from zhiheng_cli.serve import serve
from zhiheng_cli.texts import Failure, Language, system, text
from zhiheng_cli.usage import sentence

VERSION = "0.4.0"
INTERRUPTED = 130
"""The exit code that shells expect after Ctrl-C."""

PIPE_CLOSED = 141
"""The exit code of a Unix tool whose reader went away (128 + SIGPIPE), as in ``rules | head -3``."""

app = typer.Typer(
    name="zhiheng",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    help="职衡：读懂部门绩效目标表，检查、计分、打印。\n\nReads a performance table as published; checks, scores, prints it.",
    epilog="run.py 另有 / run.py also has: test 运行全部检查和测试 / all checks and tests; bench [NAME] 性能测试 / benchmarks",
)
for command in (demo, serve, administrator, backup, restore, actuals, publish, check, convert, explain, rules, score, schema, bundle):
    # a value may begin with a dash (explain -5%): there, what is no option is the value
    app.command(command.__name__, context_settings={"ignore_unknown_options": command is explain})(command)
app.add_typer(trail.app, name="trail")
app.add_typer(pack.app, name="pack")


def show_version(wanted: bool) -> None:
    """``--version`` prints and ends."""
    if wanted:
        print(f"zhiheng {VERSION}")
        raise typer.Exit


@app.callback()
def options(
    lang: Annotated[Language, typer.Option(help="界面语言 / language", envvar="ZHIHENG_LANG")] = Language.ZH,
    version: Annotated[  # noqa: ARG001 - acted upon by its callback
        bool, typer.Option("--version", help="版本 / version", callback=show_version, is_eager=True)
    ] = False,
) -> None:
    """Options before the command hold for it."""
    os.environ["ZHIHENG_LANG"] = lang.value


def main(arguments: list[str] | None = None) -> NoReturn:
    """Run one command and leave with its exit code. Files and pipes get UTF-8, whatever the machine is set to."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding=None if stream.isatty() else "utf-8", errors="backslashreplace")
    sys.exit(run(sys.argv[1:] if arguments is None else arguments))


def run(arguments: list[str]) -> int:
    """Run one command; every failure that a person can cause becomes a sentence and exit code 2."""
    try:
        result = app(arguments, prog_name="zhiheng", standalone_mode=False)
        sys.stdout.flush()
    except typer.TyperException as fault:
        if type(fault).__name__ != "NoArgsIsHelpError":
            return refuse(sentence(fault, asked(arguments)), 2)
        from typer.rich_utils import rich_format_error

        rich_format_error(fault)  # type: ignore[arg-type] # every fault of usage is of the class that it takes
        return 2
    except (typer.Abort, KeyboardInterrupt):
        return refuse(text("interrupted"), INTERRUPTED)
    except SystemExit:  # the reader of the pipe has gone: nothing more to say
        return PIPE_CLOSED
    except Failure as failure:
        return refuse(str(failure), 2)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # nothing more is read; a last flush must not complain
        return PIPE_CLOSED
    except OSError as fault:
        return refuse(text("file_fault", file=fault.filename or "", reason=system(fault)), 2)
    except RecursionError:
        return refuse(text("defect", reason="RecursionError"), 2)
    except Exception as fault:  # noqa: BLE001 - the last line of defence: a defect, said as such, without a traceback
        return refuse(text("defect", reason=f"{type(fault).__name__}: {fault}"), 2)
    if result == INTERRUPTED:
        return refuse(text("interrupted"), INTERRUPTED)
    return result if isinstance(result, int) else 0


def asked(arguments: list[str]) -> str:
    """The language that a command line asks for, though it could not be followed; empty when it does not say."""
    pairs = {f"{first}={second}" for first, second in pairwise(arguments)} | set(arguments)
    return next((language.value for language in Language if f"--lang={language.value}" in pairs), "")


def refuse(sentence: str, code: int) -> int:
    """Say on standard error why, and give the exit code."""
    print(f"zhiheng: {sentence}", file=sys.stderr)
    return code

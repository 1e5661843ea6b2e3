"""How every failure ends: a sentence, an exit code, no traceback."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from tests.zhiheng_cli.conftest import LINYI, ROOT, Zhiheng

from zhiheng_cli import checking
from zhiheng_cli.crowd import answers
from zhiheng_cli.texts import system, toml


def process(*words: object, shell: str = "", stdout: int = subprocess.PIPE) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "ZHIHENG_LANG": "zh"}
    command = [sys.executable, "-m", "zhiheng_cli", *map(str, words)]
    if shell:
        command = ["bash", "-c", f'"$@" {shell}', "bash", *command]
        return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    return subprocess.run(command, env=environment, stdout=stdout, stderr=subprocess.PIPE, text=True, check=False)


BAD = {
    "empty.txt": b"",
    "empty.xlsx": b"",
    "binary.txt": bytes(range(256)) * 40,
    "truncated.xlsx": b"PK\x03\x04\x14\x00\x00\x00\x08\x00",
    "not-a.pdf": b"%PDF-1.7\n%%EOF",
    "no-table.txt": "关于召开会议的通知\n各科室：\n请于周五上午参加会议。\n".encode(),
    "broken.json": b'{"plan": ',
    "list.json": b"[1, 2]",
}


@pytest.mark.parametrize("name", BAD)
@pytest.mark.parametrize("command", ["check", "convert"])
def test_a_bad_file_is_refused_by_name(zhiheng: Zhiheng, tmp_path: Path, name: str, command: str) -> None:
    path = tmp_path / name
    path.write_bytes(BAD[name])
    answer = zhiheng(command, path, *(("--to", "json") if command == "convert" else ()))
    assert answer.code == 2
    assert name in answer.err
    assert answer.out == ""
    assert "程序" not in answer.out + answer.err, "refused by the reader, not by the last line of defence"
    assert "Traceback" not in answer.out + answer.err


def test_a_file_that_does_not_exist(zhiheng: Zhiheng) -> None:
    for command in (("check", "no-such.xlsx"), ("convert", "no-such.xlsx", "--to", "json")):
        answer = zhiheng(*command)
        assert answer.code == 2
        assert "no-such.xlsx" in answer.err
        assert answer.out == ""


def test_an_empty_folder(zhiheng: Zhiheng, tmp_path: Path) -> None:
    answer = zhiheng("check", tmp_path)
    assert (answer.code, answer.out) == (2, "")
    assert answer.err


def test_one_bad_file_does_not_stop_the_others(zhiheng: Zhiheng, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"")
    answer = zhiheng("check", "--summary", tmp_path / "a.txt", LINYI)
    assert answer.code == 2
    assert "36 项指标" in answer.out


@pytest.mark.parametrize("words", [(), ("nonsense",), ("check",), ("check", "--nonsense", "x"), ("explain", "1", "--year", "soon")])
def test_a_mistyped_command_is_a_usage_error(zhiheng: Zhiheng, words: tuple[str, ...]) -> None:
    answer = zhiheng(*words)
    assert answer.code == 2
    assert "Traceback" not in answer.err


@pytest.mark.parametrize("words", ["--help", "check -h", "convert --help", "explain --help", "rules -h", "--version"])
def test_help_and_version(zhiheng: Zhiheng, words: str) -> None:
    answer = zhiheng(*words.split())
    assert answer.code == 0
    assert answer.out.strip()
    assert answer.err == ""


def test_a_reader_that_goes_away_is_no_fault() -> None:
    done = process("check", LINYI, shell="| head -n 1")
    assert done.stdout
    assert done.stderr == ""
    done = process("rules", shell="| head -n 1; exit ${PIPESTATUS[0]}")
    assert (done.returncode, done.stderr) in ((141, ""), (0, "")), "0 where all was written before the reader left"


def test_a_closed_pipe_ends_with_141(zhiheng: Zhiheng, monkeypatch: pytest.MonkeyPatch) -> None:
    def gone(*_: object, **__: object) -> object:
        raise SystemExit(1)  # what the command line makes of EPIPE

    monkeypatch.setattr("zhiheng_cli.rules.list_all", gone)
    assert zhiheng("rules") == (141, "", "")


@pytest.mark.parametrize(
    ("words", "zh", "en"),
    [
        (("check",), "命令缺少 FILES...", "Missing argument"),
        (("chekc", "x"), "没有 chekc 这个命令", "No such command 'chekc'"),
        (("check", "--nonsense", "x"), "没有 --nonsense 这个选项", "No such option"),
        (("explain", "1", "--year", "soon"), "--year 的值写得不对", "Invalid value"),
        (("explain", "1", "2"), "多余的内容", "unexpected extra argument"),
        (("explain", "1", "--year"), "命令写法不对", "requires an argument"),
    ],
)
def test_a_mistyped_command_is_said_in_chinese_and_in_english(zhiheng: Zhiheng, words: tuple[str, ...], zh: str, en: str) -> None:
    answer = zhiheng(*words)
    assert (answer.code, answer.out) == (2, "")
    first, second = answer.err.splitlines()
    assert zh in first
    assert "--help" in first
    assert en in second
    english = zhiheng("--lang", "en", *words)
    assert en in english.err
    assert not any("\u4e00" <= character <= "\u9fff" for character in english.err)


def test_what_the_system_says_is_said_in_chinese_with_the_whole_path(zhiheng: Zhiheng, tmp_path: Path) -> None:
    bad = tmp_path / "bad.toml"
    bad.write_text("= 1", "utf-8")
    for words, path, says in (
        (("check", LINYI, "--out", tmp_path / "no" / "x.pdf"), tmp_path / "no" / "x.pdf", "没有这个文件或文件夹（No such file"),
        (("check", LINYI, "--config", tmp_path / "none.toml"), tmp_path / "none.toml", "没有这个文件或文件夹（No such file"),
        (("check", LINYI, "--config", bad), bad, "第 1 行第 1 列写法有误"),
        (("score", LINYI, "--scheme", bad), bad, "第 1 行第 1 列写法有误"),
    ):
        answer = zhiheng(*words)
        assert answer.code == 2
        assert str(path) in answer.err
        assert says in answer.err


def test_other_words_of_the_system_are_kept() -> None:
    assert system(OSError(5, "Input/output error"), "zh") == "系统未能完成（Input/output error）"
    assert system(OSError("odd"), "en") == "odd"
    assert toml("Expected '=' (at end of document)", "zh") == "写法有误（Expected '=' (at end of document)）"


def test_an_output_that_cannot_be_written(zhiheng: Zhiheng, tmp_path: Path) -> None:
    for out in (tmp_path / "no" / "folder.json", tmp_path):
        answer = zhiheng("check", LINYI, "--format", "json", "--out", out)
        assert answer.code == 2
        assert str(out) in answer.err
        assert "Traceback" not in answer.err


def test_a_full_disk_is_said() -> None:
    if not Path("/dev/full").exists():
        return
    with Path("/dev/full").open("w") as full:
        done = process("check", LINYI, stdout=full.fileno())
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert done.stderr.strip()


def test_piped_output_is_utf_8_whatever_the_machine_says() -> None:
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "LC_ALL": "C", "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
    done = subprocess.run([sys.executable, "-m", "zhiheng_cli", "check", str(LINYI)], env=environment, capture_output=True, check=False)
    assert done.returncode == 1
    assert "临沂市科学技术局" in done.stdout.decode("utf-8")


def test_a_defect_is_said_without_a_traceback(zhiheng: Zhiheng, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> object:
        raise ZeroDivisionError("made for this test")

    monkeypatch.setattr("zhiheng.audit.catalogue.RULES", None)
    monkeypatch.setattr("zhiheng_cli.rules.list_all", broken)
    answer = zhiheng("rules")
    assert answer.code == 2
    assert "Traceback" not in answer.err
    assert "程序出错" in answer.err


@pytest.mark.parametrize(
    ("at", "words"),
    [("json_of", ("--format", "json")), ("words", ()), ("render_report", ("--format", "html", "--out", "OUT")), ("audit", ())],
)
def test_a_defect_at_one_file_does_not_end_the_run(
    zhiheng: Zhiheng, table: Path, wrong_money: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at: str, words: tuple[str, ...]
) -> None:
    sound, calls = getattr(checking, at), []

    def broken(*given: object, **named: object) -> object:
        calls.append(given)
        if len(calls) == 1:
            raise ZeroDivisionError("made for this test")
        return sound(*given, **named)

    monkeypatch.setattr(checking, at, broken)
    folder = tmp_path / "out"
    answer = zhiheng("check", table, wrong_money, "--jobs", 1, *(folder if word == "OUT" else word for word in words))
    assert answer.code == 2
    assert answer.err == f"zhiheng: {table}：程序在处理此文件时出错，请把这句话和文件报告给维护者：ZeroDivisionError: made for this test\n"
    assert len(calls) == 2
    assert [path.name for path in folder.iterdir()] == [f"{wrong_money.name}.html"] if "OUT" in words else wrong_money.name in answer.out


def half(number: int) -> str:
    if number == 5:
        os._exit(9)
    return f"{number} done"


def test_a_process_that_dies_costs_only_its_own_file() -> None:
    results = list(answers(half, range(1, 12), 2, lambda number: f"{number} lost"))
    assert results == [f"{number} {'lost' if number == 5 else 'done'}" for number in range(1, 12)]


def test_an_unknown_benchmark_is_answered_with_the_known_ones_in_both_languages() -> None:
    done = subprocess.run([sys.executable, "-m", "benchmarks", "nix"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (2, "")
    zh, en = done.stderr.splitlines()
    assert ("没有名为 nix" in zh, "no benchmark nix" in en) == (True, True)
    assert all("many" in line for line in (zh, en))

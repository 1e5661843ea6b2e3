"""Where each value of a TOML file stands: tomllib gives values without positions, and a fault is told with its line.

The text has been read by tomllib already, so that only its layout is followed here: headers, keys, arrays, inline tables, strings.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping

Path = tuple[str | int, ...]
"""The keys and positions that lead to a value: ("registers", 0, "columns", 3, "kind")."""
_BARE = re.compile(r"[A-Za-z0-9_-]+")
_PLAIN = re.compile(r"[^,\]}#\n]*")
_QUOTES = ('"""', "'''", '"', "'")
_AT = re.compile(r"\(at line (\d+)")


def lines_of(text: str) -> dict[Path, int]:
    """The line, counted from 1, of every value of a valid TOML text by its path."""
    return _Layout(text).read()


def line_of(lines: Mapping[Path, int], path: Path) -> int:
    """The line of a value, or of the innermost thing around it that the file has; 1 for the file itself."""
    while path and path not in lines:
        path = path[:-1]
    return lines.get(path, 1)


def line_of_fault(fault: tomllib.TOMLDecodeError, text: str) -> int:
    """The line at which a text stopped being TOML."""
    found = _AT.search(str(fault))
    return int(found[1]) if found else text.count("\n") + 1


class _Layout:
    """One pass over a text."""

    def __init__(self, text: str) -> None:
        self.text = text.replace("\r\n", "\n")
        self.at = 0
        self.line = 1
        self.lines: dict[Path, int] = {}
        self.counts: dict[Path, int] = {}

    def read(self) -> dict[Path, int]:
        base: Path = ()
        self.blanks()
        while self.at < len(self.text):
            base = self.header() if self.text[self.at] == "[" else self.statement(base)
            self.blanks()
        return self.lines

    def go(self, length: int) -> str:
        """Step over so many characters."""
        passed = self.text[self.at : self.at + length]
        self.line += passed.count("\n")
        self.at += length
        return passed

    def blanks(self) -> None:
        """Step over blanks, line ends and remarks."""
        while self.at < len(self.text):
            if self.text[self.at] == "#":
                end = self.text.find("\n", self.at)
                self.go((end if end >= 0 else len(self.text)) - self.at)
            elif self.text[self.at] in " \t\n\ufeff":
                self.go(1)
            else:
                return

    def header(self) -> Path:
        """A header ``[a.b]`` or ``[[a.b]]``: what follows lies below it."""
        line = self.line
        many = self.text.startswith("[[", self.at)
        self.go(2 if many else 1)
        words = self.key()
        self.go(2 if many else 1)
        base: Path = ()
        for number, word in enumerate(words, 1):
            base = (*base, word)
            self.lines.setdefault(base, line)
            if many and number == len(words):
                self.counts[base] = self.counts.get(base, -1) + 1
            if base in self.counts:
                base = (*base, self.counts[base])
        self.lines[base] = line
        return base

    def statement(self, base: Path) -> Path:
        """One ``key = value``."""
        self.pair(base)
        return base

    def pair(self, base: Path) -> None:
        line = self.line
        path = base
        for word in self.key():
            path = (*path, word)
            self.lines.setdefault(path, line)
        self.blanks()
        self.go(1)
        self.value(path)

    def key(self) -> list[str]:
        """A key, dotted or not, quoted or not."""
        words = []
        while True:
            self.blanks()
            words.append(self.word())
            self.blanks()
            if not self.text.startswith(".", self.at):
                return words
            self.go(1)

    def word(self) -> str:
        if self.text[self.at] in "\"'":
            return str(tomllib.loads(f"k = {self.string()}")["k"])
        found = _BARE.match(self.text, self.at)
        return self.go(len(found[0]) if found else 1)

    def string(self) -> str:
        """A string of any of the four kinds, with its quotes."""
        quote = next(quote for quote in _QUOTES if self.text.startswith(quote, self.at))
        end = self.at + len(quote)
        while not self.text.startswith(quote, end):
            end += 2 if self.text[end] == "\\" and quote[0] == '"' else 1
        end += len(quote)
        while len(quote) == 3 and self.text.startswith(quote[0], end):
            end += 1
        return self.go(end - self.at)

    def value(self, path: Path) -> None:
        self.blanks()
        opening = self.text[self.at]
        if opening in "\"'":
            self.string()
        elif opening == "[":
            self.items(path)
        elif opening == "{":
            self.inline(path)
        else:
            found = _PLAIN.match(self.text, self.at)
            self.go(len(found[0]) if found else 1)

    def items(self, path: Path) -> None:
        """An array: each item by its position."""
        self.go(1)
        number = 0
        while self.more("]"):
            self.lines[(*path, number)] = self.line
            self.value((*path, number))
            number += 1

    def inline(self, path: Path) -> None:
        """An inline table, ``{…}``."""
        self.go(1)
        while self.more("}"):
            self.pair(path)

    def more(self, closing: str) -> bool:
        """Whether another item follows; the comma or the end is stepped over."""
        self.blanks()
        if self.text[self.at] == ",":
            self.go(1)
            self.blanks()
        if self.text[self.at] != closing:
            return True
        self.go(1)
        return False

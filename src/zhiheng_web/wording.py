"""Words in both languages of the interface: Chinese first, English complete.

A text is written once with both languages side by side, in code as ``Text("送审", "Submit")`` and in templates as
``{% t "送审" "Submit" %}``. There is no catalogue to compile and nothing can be left untranslated.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.html import conditional_escape
from django.utils.translation import get_language

LANGUAGES = (("zh-hans", "中文"), ("en", "English"))


def language() -> str:
    """The reader's language as the library names it: zh or en."""
    return "en" if (get_language() or "").startswith("en") else "zh"


def nested(words: str) -> str:
    """Words in which a quotation inside a quotation has the inner marks: ““三公”经费” is “‘三公’经费”. Unpaired marks stay as they are."""
    if words.count("“") < 2 or words.count("“") != words.count("”"):
        return words
    depth, found = 0, []
    for sign in words:
        if sign == "“":
            depth += 1
            found.append("“" if depth % 2 else "‘")
        elif sign == "”":
            if depth == 0:
                return words
            found.append("”" if depth % 2 else "’")
            depth -= 1
        else:
            found.append(sign)
    return "".join(found)


@dataclass(frozen=True, slots=True)
class Text:
    """One text in both languages. ``str()`` gives it in the reader's; ``with_`` fills its {names}."""

    zh: str
    en: str

    def __str__(self) -> str:
        return self.en if language() == "en" else self.zh

    def in_(self, code: str) -> str:
        """The text in one language, zh or en."""
        return self.en if code == "en" else self.zh

    def with_(self, **values: Any) -> Text:
        """The text with its {names} filled. A value that is itself a Text is filled language by language."""
        zh = {name: value.zh if isinstance(value, Text) else value for name, value in values.items()}
        en = {name: value.en if isinstance(value, Text) else value for name, value in values.items()}
        return Text(nested(self.zh.format(**zh)), nested(self.en.format(**en)))

    def __html__(self) -> str:
        return conditional_escape(str(self))

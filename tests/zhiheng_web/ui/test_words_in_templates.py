"""Words in templates: literals are the project's own, words of variables may be anybody's."""

import pytest
from django.template import Context, Template


@pytest.mark.parametrize(
    ("template", "shown"),
    [
        ('{% t "甲<b>乙</b>" "A" %}', "甲<b>乙</b>"),
        ("{% t zh en %}", "&lt;script&gt;"),
        ('{% t "共 {n} 条" "{n}" n=zh %}', "共 &lt;script&gt; 条"),
    ],
)
def test_only_the_words_of_the_template_itself_are_markup(template: str, shown: str) -> None:
    assert Template(template).render(Context({"zh": "<script>", "en": "<script>"})) == shown

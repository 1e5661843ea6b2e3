"""Words in templates: literals are the project's own, words of variables may be anybody's."""

import pytest
from django.template import Context, Template
from django.utils.translation import override


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


@pytest.mark.parametrize(
    ("grade", "english"),
    [("优", "Excellent"), ("良", "Good"), ("中", "Fair"), ("差", "Poor"), ("A档", "A档"), ("", ""), ("<b>", "&lt;b&gt;")],
)
def test_the_grade_of_a_score_is_said_in_both_languages_and_a_name_of_ones_own_stays(grade: str, english: str) -> None:
    template = Template("{{ grade|result_grade }}")
    with override("en"):
        assert template.render(Context({"grade": grade})) == english
    with override("zh-hans"):
        assert template.render(Context({"grade": grade})) == (grade if grade != "<b>" else "&lt;b&gt;")

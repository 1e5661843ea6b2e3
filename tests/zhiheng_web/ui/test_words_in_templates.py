"""Words in templates: literals are the project's own, words of variables may be anybody's."""

import pytest
from django.template import Context, Template
from django.utils.translation import override

from zhiheng_web.wording import Text, nested


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


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("““三公”经费变动率”：请填写数值", "“‘三公’经费变动率”：请填写数值"),
        ("“甲”和“乙”", "“甲”和“乙”"),
        ("“甲“乙“丙”丁”戊”", "“甲‘乙“丙”丁’戊”"),
        ("“半句", "“半句"),
        ("”反了“ “”", "”反了“ “”"),
        ("没有引号", "没有引号"),
    ],
)
def test_a_quotation_inside_a_quotation_has_the_inner_marks(words: str, shown: str) -> None:
    assert nested(words) == shown


def test_a_name_with_marks_of_its_own_is_quoted_once() -> None:
    said = Text("“{name}”：请填写数值。", "“{name}”: give a value.").with_(name="“三公”经费变动率")
    assert said.zh == "“‘三公’经费变动率”：请填写数值。"
    shown = Template('{% t "“{name}”已保存" "“{name}” saved" name=name %}').render(Context({"name": "“三公”经费"}))
    assert shown == "“‘三公’经费”已保存"

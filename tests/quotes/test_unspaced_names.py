"""Names in Chinese, Japanese and Korean, which are split from the words around them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tuireader.domain.article import Article
from tuireader.quotes.speaker_names import names_in_article
from tuireader.quotes.unspaced_names import KnownNames

QUOTED = {
    "zh": "有人说：“我们等了一夜。”",
    "ja": "「夜通し待った」と言う。",
    "ko": "“밤새 기다렸다”고 했다.",
}
SCRIPT = {
    "zh": "的是在不了人民大会堂里北京上海",
    "ja": "のはをにがでと東京大阪山川田",
    "ko": "은는이가을를서울부산사람",
}
_LONGEST_NAME = 12


def names(text: str, language: str) -> tuple[str, ...]:
    """Return the names of an article that has a quotation as well."""
    article = Article(location="", text=f"{text}\n\n{QUOTED[language]}", language=language)
    found = names_in_article(article)
    return (*found.people, *found.bodies)


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("zh", "市长李国强来到码头，部长周海生也来了。", {"李国强", "周海生"}),
        ("zh", "法国总统马克龙抵达北京。", {"马克龙"}),
        ("ja", "小池百合子知事とバイデン大統領が会談した。", {"小池百合子", "バイデン"}),
        ("ko", "김민수 장관과 박지영 시장이 만났다.", {"김민수", "박지영"}),
    ],
)
def test_a_name_stands_beside_a_title(language: str, text: str, expected: set[str]) -> None:
    assert set(names(text, language)) == expected


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("zh", "高温天气持续，于是人们纷纷来到海边。"),
        ("zh", "江苏省政府宣布启动应急响应，金融界表示欢迎。"),
        ("zh", "马来西亚和孟加拉国的代表团抵达。"),
        ("ja", "林業は成長産業だと言われ、森林は広がっている。"),
        ("ja", "アメリカ大統領とロシア外相が会談した。"),
        ("ko", "국방부 장관은 서울시 대변인과 만났다. 지난달 선거에 나온 후보도 왔다."),
    ],
)
def test_half_a_clause_is_no_name(language: str, text: str) -> None:
    assert names(text, language) == ()


@given(st.data())
def test_no_name_is_longer_than_a_name_can_be(data: st.DataObject) -> None:
    language = data.draw(st.sampled_from(sorted(QUOTED)))
    letters = SCRIPT[language] + "说市长李大臣氏장관김，。 "
    text = data.draw(st.text(st.sampled_from(letters), max_size=60))
    assert all(len(name) <= _LONGEST_NAME for name in names(text, language))


def test_a_part_means_the_only_name_that_has_it() -> None:
    known = KnownNames()
    known.add("李国强", "李")
    assert known.full_name_of("李") == "李国强"
    known.add("李小明", "李")
    assert known.full_name_of("李") == ""
    assert known.full_name_of("李小明") == "李小明"
    assert known.longest_at("市长李小明说", 2) == 3

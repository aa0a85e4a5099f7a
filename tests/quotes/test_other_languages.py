"""Languages other than English: the marks are found, and a speaker who stands beside them."""

import pytest

from tuireader.domain.article import Article
from tuireader.domain.quote import QuoteKind
from tuireader.quotes.engine import extract
from tuireader.quotes.lexicon.loader import load_language

_ESTONIAN = (
    "Sild üle jõe suletakse täna, sest linn ei taha riske võtta, ja inimesed ootavad kaldal."
)


def said(text: str, language: str) -> list[tuple[str, str]]:
    found = extract(Article(location="", text=text, language=language))
    return [(quote.speaker, span.of(text)) for quote in found for span in quote.spans]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("sv", "”Vi tar inga risker”, säger Agneta Lindqvist.", "Agneta Lindqvist"),
        ("no", "«Vi tar ingen sjanser», sier ordfører Kirsten Moberg.", "Kirsten Moberg"),
        ("pl", "„Nie będziemy ryzykować” – powiedziała Danuta Wrońska.", "Danuta Wrońska"),
        ("ru", "«Мы не будем рисковать», — сказала Анна Петрова.", "Анна Петрова"),
        ("el", "«Δεν θα ρισκάρουμε», είπε η Ελένη Παππά.", "Ελένη Παππά"),
        ("tr", "“Risk almayacağız” dedi Ayşe Yıldız.", "Ayşe Yıldız"),
        ("zh", "交通部长李国强周二说：“大桥将在六月开放。”", "李国强"),
        ("zh", "“大桥将在六月开放，”陈晓东表示。", "陈晓东"),
        ("zh", "王主席今天强调：“大桥将在六月开放。”", "王"),
        ("ja", "佐藤健一知事は「橋は六月に開く」と述べた。", "佐藤健一"),
        ("ja", "「橋は六月に開く」と中村氏は語った。", "中村"),
        ("ar", "قالت الوزيرة ليلى حداد يوم الثلاثاء: «سيفتح الجسر في يونيو».", "ليلى حداد"),
        ("ar", "«سيفتح الجسر في يونيو»، قال الوزير كريم ناصر.", "كريم ناصر"),
        ("he", "השר דוד לוין אמר: ”הגשר ייפתח ביוני בשנה הבאה”.", "דוד לוין"),
    ],
)
def test_a_speaker_beside_the_marks_is_named(language: str, text: str, expected: str) -> None:
    assert [speaker for speaker, _ in said(text, language)] == [expected]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("ja", "「危険は冒せない」。映画『川』は来週だ。", ["危険は冒せない"]),
        ("zh", "“我们不能冒险，”会议文件多次提到。", ["我们不能冒险，"]),
        ("ko", "“위험을 감수할 수 없다.”", ["위험을 감수할 수 없다."]),
        ("th", "“เราเสี่ยงไม่ได้ เราต้องรอ วันนี้” เขากล่าว", ["เราเสี่ยงไม่ได้ เราต้องรอ วันนี้"]),
        ("", "「危険は冒せない」。誰かの声がした。", ["危険は冒せない"]),
        ("", f"{_ESTONIAN} “Keegi ei tea, mis juhtub”.", ["Keegi ei tea, mis juhtub"]),
        ("sv", "Boken ”Längs ån” säljs i butiken.", []),
    ],
)
def test_longer_spans_are_listed_without_a_speaker(
    language: str, text: str, expected: list[str]
) -> None:
    assert said(text, language) == [("", words) for words in expected]


@pytest.mark.parametrize("dash", ["-", "–", "—"])
def test_one_line_after_a_dash_or_a_hyphen_is_speech_if_an_inquit_follows(dash: str) -> None:
    text = f"Broen er stengt.\n\n{dash} Vi tar ingen sjanser, sier Kirsten Moberg til avisen."
    assert said(text, "no") == [("Kirsten Moberg", "Vi tar ingen sjanser")]


def test_lines_after_hyphens_without_an_inquit_are_a_list() -> None:
    assert said("Du trenger:\n\n- to liter vann\n\n- en kniv\n\n- et tau", "no") == []


def test_both_written_norms_of_norwegian_are_read_with_its_file() -> None:
    assert load_language("nb").code == load_language("nn-NO").code == "no"


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("zh", "市长李国强说：“大桥将在六月开放。”"),
        ("ja", "山田太郎市長は「橋は六月に開く。」と述べた。"),
        ("ar", "قال الوزير كريم ناصر: «سيفتح الجسر في يونيو.»"),
    ],
)
def test_a_sentence_in_a_script_without_capitals_is_a_whole_utterance(
    language: str, text: str
) -> None:
    (quote,) = extract(Article(location="", text=text, language=language))
    assert quote.kind is QuoteKind.DIRECT

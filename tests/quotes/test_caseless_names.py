"""Names in Arabic, Hebrew, Persian and Hindi, by the titles and the verbs around them."""

import pytest

from tuireader.domain.article import Article
from tuireader.quotes.speaker_names import names_in_article
from tuireader.quotes.tokens import is_caseless

QUOTED = {
    "ar": "قال أحدهم: «نعم».",
    "he": 'אמר מישהו: "כן".',
    "fa": "کسی گفت: «بله».",
    "hi": "किसी ने कहा, “हां।”",
}


def names(text: str, language: str) -> tuple[str, ...]:
    """Return the names of an article that has a quotation as well."""
    article = Article(location="", text=f"{text}\n\n{QUOTED[language]}", language=language)
    found = names_in_article(article)
    return (*found.people, *found.bodies)


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("ar", "وصل وزير الخارجية المصري سامح شكري إلى بيروت.", ("سامح شكري",)),
        ("ar", "وقال محمد الأحمد إن الطريق مغلق.", ("محمد الأحمد",)),
        ("ar", "التقى الرئيس الأمريكي جو بايدن بالوفد.", ("جو بايدن",)),
        ("he", "שר החוץ נפתלי ברנע הגיע.", ("נפתלי ברנע",)),
        ("he", 'ד"ר נועה פלד הגיעה.', ("נועה פלד",)),
        ("fa", "وزیر امور خارجه ایران حسین رستمی گفت که می‌آید.", ("حسین رستمی",)),
        ("hi", "परिवहन मंत्री विजय राठौर ने भाषण दिया।", ("विजय राठौर",)),
    ],
)
def test_a_name_stands_beside_a_title_or_a_verb(
    language: str, text: str, expected: tuple[str, ...]
) -> None:
    assert names(text, language) == expected


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("ar", "وقال الوزير ردا على سؤال إن القرار غدا."),
        ("ar", "أعلنت وزارة الخارجية المصرية القرار."),
        ("he", "שר החוץ אמר כי ההחלטה מחר."),
        ("fa", "وزیر امور خارجه در پاسخ به پرسشی گفت که فردا می‌آید."),
        ("hi", "प्रधानमंत्री कार्यालय ने बयान दिया।"),
    ],
)
def test_half_a_clause_is_no_name(language: str, text: str) -> None:
    assert names(text, language) == ()


@pytest.mark.parametrize("word", ["שלום", "سلام", "नमस्ते", "你好", "안녕", "สวัสดี"])
def test_a_script_without_capitals_is_known(word: str) -> None:
    assert is_caseless(word)


@pytest.mark.parametrize("word", ["Hello", "привет", "γεια", "2024"])
def test_a_script_with_capitals_is_known(word: str) -> None:
    assert not is_caseless(word)

"""Who said what in short articles, a file a language: a contributor adds some without code."""

import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from tuireader.domain.article import Article
from tuireader.domain.quote import Polarity
from tuireader.quotes.engine import extract

_KEYS = {"said": Polarity.SAID, "not_said": Polarity.NOT_SAID, "alleged": Polarity.ALLEGED}
"""The keys of an article under which its quotations stand."""
_FOLDER = Path(__file__).with_name("articles")


def _articles() -> Iterator[object]:
    for path in sorted(_FOLDER.glob("*.toml")):
        for article in tomllib.loads(path.read_text("utf-8"))["article"]:
            yield pytest.param(path.stem, article, id=f"{path.stem}: {article['about']}")


@pytest.mark.parametrize(("code", "article"), list(_articles()))
def test_each_span_has_its_speaker(code: str, article: dict[str, object]) -> None:
    text = str(article["text"]).strip()
    author = str(article.get("author", ""))
    found = extract(Article(location="", text=text, language=code, author=author))
    for key, polarity in _KEYS.items():
        listed = [
            [quote.speaker, span.of(text)]
            for quote in found
            for span in quote.spans
            if quote.polarity is polarity
        ]
        assert sorted(listed, key=lambda one: text.index(one[1])) == article.get(key, [])

from hypothesis import given
from hypothesis import strategies as st

from tuireader.text import search
from tuireader.text.filter_index import FilterIndex

ALPHABET = (
    "aeEéèfﬁﬀﬃiIsſSßæÆœoø'’`\"“”-–—.…1½⁄/2²Ｋk \n\u0301\u0308\u0323\xad\u200b한하\u1112\u1161жЖąģ"
)
texts = st.text(ALPHABET, max_size=12)


def matching(items: list[str], query: str) -> list[str]:
    return FilterIndex(items, str).filter(query)


def test_all_words_must_be_there_in_any_order_without_regard_to_case_and_accents() -> None:
    items = ["The Café’s harbour", "a harbour", "CAFE: the old HARBOUR", "nothing"]
    assert matching(items, "harbour café") == [items[0], items[2]]
    assert matching(items, "cafe's") == [items[0]]
    assert matching(items, "  ") == items


@given(st.lists(texts, max_size=4), texts)
def test_it_finds_what_the_search_in_a_text_finds(items: list[str], query: str) -> None:
    patterns = [found for word in query.split() if (found := search.search_pattern(word))]
    slowly = [text for text in items if all(pattern.search(text) for pattern in patterns)]
    assert matching(items, query) == slowly


@given(st.lists(st.text(max_size=8), max_size=4), st.text(max_size=3))
def test_that_holds_for_any_writing(items: list[str], query: str) -> None:
    patterns = [found for word in query.split() if (found := search.search_pattern(word))]
    slowly = [text for text in items if all(pattern.search(text) for pattern in patterns)]
    assert matching(items, query) == slowly


def test_what_was_folded_before_is_not_folded_again() -> None:
    asked: list[str] = []

    def text_of(item: str) -> str:
        asked.append(item)
        return item

    items = ["straße", "harbour", "café"]
    first = FilterIndex(items, text_of)
    assert first.filter("cafe") == ["café"]
    asked.clear()
    second = FilterIndex(["new", *items[:2]], text_of, first)
    assert second.filter("harbour") == ["harbour"]
    assert asked == ["new"]
    assert second.filter("s") == FilterIndex(["new", *items[:2]], str).filter("s")


def test_folding_ends_when_the_pause_says_so_and_goes_on_later() -> None:
    class EnoughError(Exception):
        pass

    def enough() -> None:
        raise EnoughError

    sieve = FilterIndex([f"note {number}" for number in range(500)], str)
    try:
        sieve.prepare(enough)
    except EnoughError:
        assert 0 < len(sieve.folded()) < 500
    assert len(sieve.filter("note")) == 500

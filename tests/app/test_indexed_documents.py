from hypothesis import given
from hypothesis import strategies as st

from tuireader.app.indexed_documents import count_words


@given(st.text("ab \n\t\u00a0é", max_size=60), st.integers(1, 9))
def test_the_words_of_a_long_text_are_counted_in_pieces(text: str, at_once: int) -> None:
    assert count_words(text, at_once) == len(text.split())

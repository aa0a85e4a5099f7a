"""What a tag is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tuireader.domain.tags import (
    MAX_TAG_LENGTH,
    format_tags,
    has_tag,
    normalize_tag,
    parse_tags,
    tag_key,
    unique_tags,
)

TEXTS = st.text(
    st.sampled_from('aÄ\u0308#," \t\n\x1b\u200b\u200d\u202e\ud800ﬁßİ') | st.characters()
)


@given(TEXTS)
def test_a_normalized_tag_stays_as_it_is(text: str) -> None:
    tag = normalize_tag(text)
    assert normalize_tag(tag) == tag
    assert parse_tags(format_tags([tag])) == ((tag,) if tag else ())


@given(TEXTS)
def test_a_tag_is_one_short_line_without_separators(text: str) -> None:
    tag = normalize_tag(text * 300)
    assert len(tag) <= MAX_TAG_LENGTH
    assert " ".join(tag.split()) == tag
    assert not set(tag) & set(',"\n\x1b\u200b\u202e')
    assert not tag.startswith("#")


@given(st.lists(TEXTS))
def test_tags_are_read_back_as_they_are_shown(texts: list[str]) -> None:
    tags = unique_tags(texts)
    assert unique_tags(tags) == tags
    assert len(set(map(tag_key, tags))) == len(tags)
    assert parse_tags(format_tags(tags)) == tags
    assert parse_tags(format_tags(tags, "#")) == tags


@given(st.text())
def test_any_line_can_be_typed(typed: str) -> None:
    tags = parse_tags(typed)
    assert unique_tags(tags) == tags


@pytest.mark.parametrize(
    ("typed", "tags"),
    [
        (" #sea, sky  sea # ", ("sea", "sky")),
        ("Sea sea SEA", ("Sea",)),
        ('"climate change" #"high seas"', ("climate change", "high seas")),
        ('sea "climate change', ("sea", "climate change")),
        ("c# ##x", ("c#", "x")),
        ('"" , #', ()),
        ("Straße STRASSE", ("Straße",)),
        ("e\u0301 \u00e9", ("\u00e9",)),
        ("\u064b\u200c\u0645 bell\x07", ("\u064b\u200c\u0645", "bell")),
    ],
)
def test_tags_are_separated_by_spaces_or_commas(typed: str, tags: tuple[str, ...]) -> None:
    assert parse_tags(typed) == tags


def test_a_tag_is_found_however_it_is_typed() -> None:
    tags = ("sea", "High tide")
    assert all(has_tag(tags, typed) for typed in ("sea", "#SEA", " high   TIDE", '"high tide"'))
    assert not any(has_tag(tags, typed) for typed in ("", "#", "tide", "se"))


@pytest.mark.parametrize(
    ("tag", "typed"),
    [
        ("café", "cafe"),
        ("CAFÉ", "café"),
        ("İstanbul", "istanbul"),
        ("مُحَمَّد", "محمد"),
        ("Straße", "STRASSE"),
    ],
)
def test_neither_case_nor_accents_make_another_tag(tag: str, typed: str) -> None:
    assert has_tag([tag], typed)
    assert has_tag([typed], tag)
    assert unique_tags([tag, typed]) == (tag,)


def test_a_vowel_sign_makes_another_tag() -> None:
    assert not has_tag(["दिल्ली"], "दल्ल")

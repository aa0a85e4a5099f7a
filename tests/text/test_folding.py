import pytest

from tuireader.text.folding import fold, folding_table


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Éa ﬁ １ İ", "ea fi 1 i"),
        ("Straße, Œuvre, Æther, Łódź, Øre", "strasse, oeuvre, aether, lodz, ore"),
        ("“don’t” – wait…", '"don\'t" - wait...'),
        ("ᾳ ΟΔΟΣ", "α οδοσ"),
        ("हिन्दी", "हिन्दी"),
    ],
)
def test_folding_takes_away_case_accents_and_forms(text: str, folded: str) -> None:
    assert fold(text) == folded


def test_every_variant_folds_to_what_it_is_listed_under() -> None:
    table = folding_table()
    for folded, characters in (*table.single.items(), *table.several.items()):
        for character in characters:
            assert fold(character) == folded


def test_every_character_is_listed_under_what_it_folds_to() -> None:
    table = folding_table()
    for character in map(
        chr, (*range(0x41, 0x590), *range(0x1E00, 0x2200), *range(0xFB00, 0xFB07))
    ):
        folded = fold(character)
        if folded not in {character, ""}:
            listed = table.single if len(folded) == 1 else table.several
            assert character in listed[folded]

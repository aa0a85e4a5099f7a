import pytest

from tuireader.domain.blocks import Block, BlockKind
from tuireader.sources.html.pointers import mark_captions


def kind_of(words: str) -> BlockKind:
    (block,) = mark_captions([Block(BlockKind.PARAGRAPH, 0, len(words))], words)
    return block.kind


@pytest.mark.parametrize(
    "words",
    [
        *("Read more: The boat that came", "Related: Ten ferries", "Lesen Sie auch: Die Fähre"),
        *(
            "Lire aussi : le bac",
            "The quay at low tide. (Reuters)",
            "Photo: Ida Strand/Getty Images",
        ),
    ],
)
def test_pointers_and_credited_captions_are_no_prose(words: str) -> None:
    assert kind_of(words) is BlockKind.CAPTION


@pytest.mark.parametrize(
    "words",
    [
        "She reads more than anybody on the island.",
        "“Read more books,” said Marta Lindqvist, who runs the bakery.",
        "The company told Reuters that the ferry would sail.",
        "The boat is related to the one that sank.",
    ],
)
def test_sentences_stay_prose(words: str) -> None:
    assert kind_of(words) is BlockKind.PARAGRAPH

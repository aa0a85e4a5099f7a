from tuireader.domain.article import Article, NamedPlace
from tuireader.domain.blocks import Block, BlockKind, Blocks
from tuireader.ui.text_pane.code_colours import MAX_LENGTH, CodeColours

CODE = 'def quay():\n    # dawn\n    return "boat"'


def article(language: str, code: str = CODE) -> Article:
    text = f"Words.\n\n{code}\n\nMore."
    end = 8 + len(code)
    return Article(
        location="/a.md",
        text=text,
        blocks=Blocks(
            [
                Block(BlockKind.PARAGRAPH, 0, 6),
                Block(BlockKind.CODE, 8, end),
                Block(BlockKind.PARAGRAPH, end + 2, end + 7),
            ]
        ),
        code_languages=(NamedPlace(language, 8),),
    )


def coloured(shown: Article) -> dict[str, str]:
    found = CodeColours(shown).over(8, len(shown.text))
    return {shown.text[span.start : span.end]: span.style for span in found}


def test_code_has_the_colours_of_its_language() -> None:
    found = coloured(article("python"))

    assert found["def"] == found["return"] == "code-keyword"
    assert found["quay"] == "code-name"
    assert found["# dawn"] == "code-comment"
    assert found["boat"] == "code-string"


def test_other_blocks_unknown_languages_and_long_code_have_none() -> None:
    assert CodeColours(article("python")).over(0, 6) == []
    assert coloured(article("no such language")) == {}
    assert coloured(article("python", "x = 1\n" * MAX_LENGTH)) == {}

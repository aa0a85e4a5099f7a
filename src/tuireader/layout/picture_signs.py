"""The rows that tell where an article has pictures; they are not in its text."""

from tuireader.domain.article import Article
from tuireader.domain.blocks import BlockKind
from tuireader.layout.cells import fit_cells

MAX_SIGNS = 3
"""Rows for the pictures at one place; the last one counts those that have none."""

SIGN = "▣"


class PictureSigns:
    """The signs of an article's pictures, by the number of the block that they stand above."""

    def __init__(self, article: Article, hint: str) -> None:
        r"""Take an article with pictures, and how one is shown, such as `\\i shows it`."""
        self._hint = hint
        self._words: dict[int, list[str]] = {}
        text, blocks = article.text, article.blocks
        for picture in article.pictures:
            number = max(0, blocks.index_at(picture.offset)) if len(blocks) else 0
            words = picture.description.strip()
            block = blocks[number] if len(blocks) else None
            if block is not None and block.kind is BlockKind.CAPTION:
                words = "" if words in text[block.start : block.end] else words
            self._words.setdefault(number, []).append(words)

    def above(self, block: int, width: int) -> list[str]:
        """Return the signs above the block with a number, each at most `width` cells wide."""
        pictures = self._words.get(block, [])
        shown = pictures if len(pictures) <= MAX_SIGNS else pictures[: MAX_SIGNS - 1]
        rows = [f"Picture: {words}" if words else "Picture" for words in shown]
        if len(pictures) > len(shown):
            rows.append(f"{len(pictures) - len(shown)} more pictures")
        hint = f" · {self._hint}" if self._hint else ""
        return [_fitted(f"{SIGN} {row}", hint if row == rows[-1] else "", width) for row in rows]


def _fitted(words: str, hint: str, width: int) -> str:
    """Return words and a hint in `width` cells; the words are cut, and in few cells no hint."""
    hint = hint if len(hint) <= width // 2 else ""
    return fit_cells(words, width - len(hint)).rstrip() + hint

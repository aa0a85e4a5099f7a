"""Checks that the words on the screen are the words of the page, for a folder of web pages.

`python -m bench.page_words FOLDER`: every block that is shown of each HTML file is searched in the
file's own text, blanks apart. What the reader adds is left out before: the markers of lists, the
brackets of footnote marks, and the signs that stand for superscripts and formulas. It prints each
block that is not found, and a count; the exit status is 1 if there is any.
"""

import re
import sys
import unicodedata
from collections.abc import Iterator
from pathlib import Path

from tuireader.domain.article import Article
from tuireader.domain.blocks import BlockKind
from tuireader.domain.errors import SourceError
from tuireader.sources.html.elements import UNSEEN, is_hidden, tag_of
from tuireader.sources.html.formulas import formula_text, picture_formula
from tuireader.sources.html.page import NO_ARTICLE, read_page
from tuireader.sources.html.parser import parse_html
from tuireader.sources.html.tables import is_line_number
from tuireader.sources.plaintext.encoding import decode_text
from tuireader.text.sanitize import sanitize

_MARKER = re.compile(r"\A(?:• |\d+\. )")
_ADDED = re.compile(r"[\[\]^_“”\"™℠⁽⁾()]")


def folded(text: str) -> str:
    """Return a text without blanks and what is added, and with superscripts as plain characters."""
    plain = unicodedata.normalize("NFKC", sanitize(text)).replace("−", "-")
    return "".join(_ADDED.sub("", plain).split())


def page_text(page: str, *, hidden: bool) -> str:
    """Return the text of a page, with its formulas as the reader writes them.

    Args:
        page: The page's source text.
        hidden: Whether the text of elements that are not displayed is part of it.
    """
    from lxml import etree  # noqa: PLC0415 - as in the reader

    parts: list[str] = []
    formula = False
    root = parse_html(page, "page")
    walk = etree.iterwalk(root, events=("start", "end", "comment", "pi"))
    for event, element in walk:
        text = element.tail if event != "start" and element is not root else None
        if event == "start":
            tag = tag_of(element)
            if tag == "math":
                parts.append(formula_text(element))
                formula = True
            elif tag == "img" and not formula:
                parts.append(picture_formula(element))
            skipped = not hidden and is_hidden(element) and element.find(".//math") is None
            if tag in {"math", "rt", "rp", *UNSEEN} or skipped or is_line_number(element):
                walk.skip_subtree()
            else:
                text = element.text
        if text and not text.isspace():
            parts.append(text)
            formula = False
    return folded("".join(parts))


def missing(article: Article, texts: tuple[str, ...]) -> Iterator[str]:
    """Return the blocks of an article that are not in any of the folded texts of its page."""
    for block in article.blocks:
        words = article.text[block.start : block.end]
        if block.kind is BlockKind.LIST_ITEM:
            words = _MARKER.sub("", words)
        if words != NO_ARTICLE and not any(folded(words) in text for text in texts):
            yield words


def main(folder: Path) -> int:
    """Check the pages of a folder and those below it; return the exit status."""
    shown = wrong = pages = 0
    for path in sorted(folder.rglob("*.html")):
        data = path.read_bytes()
        try:
            article = read_page(data, str(path))
        except SourceError as error:
            print(f"{path}: not read: {error}")
            continue
        page = decode_text(data, str(path))
        texts = page_text(page, hidden=False), page_text(page, hidden=True)
        lost = list(missing(article, texts))
        pages, shown, wrong = pages + 1, shown + len(article.blocks), wrong + len(lost)
        for words in lost:
            print(f"{path}: {words[:160]!r}")
    print(f"{pages} pages, {shown} blocks, {wrong} not in their page")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))

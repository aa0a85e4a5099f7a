"""The articles that the tester reads: the program's samples, and some that are hard to show."""

from pathlib import Path

import tuireader.samples

QUOTED = """A quarrel over a bridge

Mayor Lena Holt said the bridge would stay. “It is only water,” Holt said. “We have seen worse.”

“Nobody asked us,” said Karl Brandt, a pilot. “Nobody at all,” he added, and left.

Ada Voss disagreed. “You never cross it,” she told him, “and so you cannot know.”
"""

OTHER_SCRIPTS = """水の上の家 and other words

漢字とかなが混じった長い文章です。「誰も知らない」と彼は言った。幅の広い文字が行の端で折り返されます。

هذه فقرة عربية قصيرة. قال الرجل: «لا أحد يعرف». وهذه جملة ثالثة.

זוהי פסקה בעברית. The family 👩‍👩‍👧‍👦 waves 🏳️‍🌈, and ẹ̶̈ has marks on it.
"""

LONG_PARAGRAPHS = 400
"""Paragraphs of the long text."""


def make_library(folder: Path) -> Path:
    """Write the articles into a folder of the folder; the new folder."""
    articles = folder / "articles"
    articles.mkdir(parents=True)
    for sample in Path(tuireader.samples.__file__).parent.glob("0*"):
        (articles / sample.name).write_bytes(sample.read_bytes())
    (articles / "20 quarrel.txt").write_text(QUOTED, encoding="utf-8")
    (articles / "21 scripts.txt").write_text(OTHER_SCRIPTS, encoding="utf-8")
    long = "\n\n".join(
        f"Paragraph {number} says little. “But it is there,” said Ida Strand. Nobody counted them."
        for number in range(LONG_PARAGRAPHS)
    )
    (articles / "22 long.txt").write_text(f"A long text\n\n{long}\n", encoding="utf-8")
    (articles / "23 empty.txt").write_text("", encoding="utf-8")
    (articles / "24 links.md").write_text(
        "# Links\n\nSee [the quarrel](20%20quarrel.txt), [here](#links) and [a place]"
        "(https://example.invalid/a).\n\n## More\n\n- one\n- two *three*\n",
        encoding="utf-8",
    )
    return articles

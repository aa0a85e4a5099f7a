import pytest

from tuireader.domain.blocks import BlockKind
from tuireader.sources.html.page import read_page

HACKER_NEWS = """<table class="fatitem"><tr class="athing"><td><span class="titleline">
<a href="https://harbour.example/ice">Ferry in ice</a></span></td></tr><tr><td class="subtext">
by <a class="hnuser">ida</a> <span class="age">3 hours ago</span></td></tr></table>
<table class="comment-tree"><tr class="athing comtr"><td><table><tr>
<td class="ind" indent="0"></td><td><a class="hnuser">benn</a> <span class="age">2 hours ago</span>
<div class="commtext">It froze.<p>Twice.</div></td></tr></table></td></tr>
<tr class="athing comtr"><td><table><tr><td class="ind" indent="1"><img width="40"></td>
<td><a class="hnuser">dora</a> <span class="age">1 hour ago</span>
<div class="commtext">So <i>cold</i>.</div></td></tr></table></td></tr></table>"""
OLD_REDDIT = """<div class="thing link"><div class="entry"><a class="title">Ferry in ice</a>
<a class="author">ida</a> <time>3 hours ago</time></div></div>
<div class="thing comment"><div class="entry"><a class="author">benn</a> <time>2 hours ago</time>
<div class="usertext-body"><div class="md"><p>It froze.</p><p>Twice.</p></div></div></div>
<div class="child"><div class="thing comment"><div class="entry"><a class="author">dora</a>
<time>1 hour ago</time><div class="usertext-body"><div class="md"><p>So <em>cold</em>.</p></div>
</div></div></div></div></div>"""
REDDIT = """<shreddit-post post-title="Ferry in ice" author="ida"><time>3 hours ago</time>
</shreddit-post><shreddit-comment author="benn" depth="0"><time>2 hours ago</time>
<div slot="comment"><p>It froze.</p><p>Twice.</p></div>
<shreddit-comment author="dora" depth="1"><time>1 hour ago</time>
<div slot="comment"><p>So <em>cold</em>.</p></div></shreddit-comment></shreddit-comment>"""


@pytest.mark.parametrize("body", [HACKER_NEWS, OLD_REDDIT, REDDIT])
def test_a_discussion_is_read_with_the_authors_of_its_comments_and_replies_nested(
    body: str,
) -> None:
    page = f"<html><head><title>Ferry in ice</title></head><body>{body}</body></html>"
    article = read_page(page.encode(), "/a.html")
    assert [(b.kind, b.level, article.text[b.start : b.end]) for b in article.blocks] == [
        (BlockKind.HEADING, 1, "Ferry in ice"),
        (BlockKind.CAPTION, 0, "ida 3 hours ago"),
        (BlockKind.HEADING, 3, "benn 2 hours ago"),
        (BlockKind.PARAGRAPH, 0, "It froze."),
        (BlockKind.PARAGRAPH, 0, "Twice."),
        (BlockKind.HEADING, 4, "dora 1 hour ago"),
        (BlockKind.BLOCKQUOTE, 0, "So cold."),
    ]

"""The desks of the scenes: what the program is begun on."""

import shutil
from collections.abc import Callable
from pathlib import Path

from http_site import Site

from tuireader import samples
from tuireader.app.library_indexer import bring_up_to_date
from tuireader.app.source_resolver import subscribe_all
from tuireader.app.startup import build_context
from tuireader.paths import AppPaths

Desk = Callable[[Path], tuple[str, ...]]
"""Prepares a folder, and returns the sources that the program is begun on; () for the library."""

HANDBOOK = """# The keeper's handbook

See [the list of lights](https://example.org/lights), [the tides](https://example.org/tides), and
the chapter [on fog](https://example.org/fog).

## Lamps

1. Trim the wick *before* dusk.
2. Write down the hour, **always**.
   - in the book, not on a slip
   - with the weather

> The lamp is not yours. It belongs to whoever looks for it.

| lamp | range | keeper |
|---|---|---|
| Skerry | 18 miles | A. Moor |
| North pier | 6 miles | nobody since 1987 |

```python
def is_lit(hour: int) -> bool:
    return hour >= 17  # the clock, not the sun
```

---

The rest is silence, H~2~O and salt. Café, naïve, 東京の灯台, and a 👩‍🚀.
"""

FEED = (
    '<rss version="2.0"><channel><title>{0}</title>{1}</channel></rss>',
    "<item><guid>{0}</guid><title>{0}</title><link>/{0}</link></item>",
)
FEEDS = {
    "Harbour News": ("The late ferry", "Fog until noon", "A second boat, at last"),
    "Hill Gazette": ("Snow on the pass", "The road is open"),
    "Lamps and Lenses": ("A lens from 1883",),
}
"""The feeds of the library by name, with the titles of their articles."""

EDITS = (
    ("The chain ferry at Skarvik", "The little chain ferry at Skarvik"),
    ("Tomas Rydell, 58, has been deputy harbour master for nine years", "Nobody owns up to it"),
    ("a good deal in the weather", "rather more in the weather"),
)
"""What is changed in the second sample after it was read: words and their replacements."""


def sample_articles(folder: Path) -> tuple[str, ...]:
    """Copies of the samples."""
    articles = folder / "papers"
    articles.mkdir()
    for sample in samples.paths():
        shutil.copyfile(sample, articles / sample.name)
    return (str(articles),)


def empty_library(_folder: Path) -> tuple[str, ...]:
    """A library without sources."""
    return ()


def handbook(folder: Path) -> tuple[str, ...]:
    """One article with blocks of every kind."""
    file = folder / "handbook.md"
    file.write_text(HANDBOOK, encoding="utf-8")
    return (str(file),)


def edit(folder: Path) -> None:
    """Change the second sample, as its publisher might."""
    file = folder / "papers" / samples.paths()[1].name
    text = file.read_text(encoding="utf-8")
    for before, after in EDITS:
        assert before in text
        text = text.replace(before, after)
    file.write_text(text, encoding="utf-8")


def feeds(folder: Path) -> tuple[str, ...]:
    """A library of feeds in folders, and of the samples."""
    site = Site()
    outlines = ""
    for name, titles in FEEDS.items():
        items = "".join(FEED[1].format(title) for title in titles)
        path = f"/{name.partition(' ')[0]}"
        address = site.gives(path, FEED[0].format(name, items).encode())
        outlines += f'<outline text="{name}" xmlUrl="{address}"/>'
    opml = folder / "feeds.opml"
    body = f'<outline text="Sea and hills">{outlines}</outline>'
    opml.write_text(f"<opml><body>{body}</body></opml>", encoding="utf-8")
    folders = AppPaths.find(str(folder / "data"), {})
    desk = build_context((), folders)
    # What a list names may not be in one's own network; what is typed may.
    for source in (*subscribe_all(str(opml), folders, print), *sample_articles(folder)):
        desk.add_source(source)
    bring_up_to_date(folders, desk.notebook, quotations=True)
    desk.notebook.close()
    site.close()
    return ()

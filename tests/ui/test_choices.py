"""Links chosen by number or words."""

from pathlib import Path

from ui.pilot_reader import Start

LINKED = """# The harbour

Ask the [pilot](mailto:pilot@harbour.example), the [keeper](mailto:keeper@light.example)
or the [cook](mailto:cook@galley.example).
"""


def linked(tmp_path: Path) -> Path:
    file = tmp_path / "linked.md"
    file.write_text(LINKED, encoding="utf-8")
    return file


async def test_a_link_is_followed_by_its_number(start: Start, tmp_path: Path) -> None:
    async with start(linked(tmp_path)) as reader:
        await reader.press("F")
        assert any("3  cook" in row for row in reader.rows())
        await reader.press("2", "enter")
        assert reader.screen.status.said == "Its address is mailto:keeper@light.example"


async def test_a_link_is_followed_by_its_words(start: Start, tmp_path: Path) -> None:
    async with start(linked(tmp_path)) as reader:
        await reader.press("F", *"galley", "enter")
        assert reader.screen.status.said == "Its address is mailto:cook@galley.example"


async def test_a_number_that_no_link_has_follows_none(start: Start, tmp_path: Path) -> None:
    async with start(linked(tmp_path)) as reader:
        await reader.press("F", "9")
        assert any("No matching link" in row for row in reader.rows())
        await reader.press("enter")
        assert "Its address is" not in reader.screen.status.said


async def test_an_article_without_links_says_so(start: Start) -> None:
    async with start() as reader:
        await reader.press("F")
        assert reader.screen.status.said == "No links in this article"


async def test_an_encoding_is_chosen_from_encodings_only(start: Start, tmp_path: Path) -> None:
    file = tmp_path / "czech.txt"
    file.write_bytes("Přístav\n\nŘekla Šárka Žáková.\n".encode("iso8859-2"))
    async with start(file) as reader:
        await reader.press("g", "e")
        rows = reader.rows()
        assert any("Encodings" in row for row in rows)
        assert not any("name)" in row or "Names in" in row for row in rows)
        await reader.press(*"8859-2", "enter")
        assert any("Řekla Šárka Žáková." in row for row in reader.rows())


async def test_the_whole_page_is_shown_without_a_word_about_the_article(
    start: Start, tmp_path: Path
) -> None:
    first, second, third, last = (
        f"<p>In the {number} winter the ferry stayed in the harbour for many days, because the ice"
        " had come early, and the company had sold the only boat that could break it.</p>"
        for number in ("first", "second", "third", "last")
    )
    box = f"<div class='expandable'><div><div>{last}</div></div></div>"
    file = tmp_path / "ferry.html"
    file.write_text(f"<article><h1>Ferry</h1>{first}{second}{box}{third}</article>")
    async with start(file) as reader:
        assert "left out" in reader.screen.status.said
        await reader.press("P")
        assert "left out" not in reader.screen.status.said
        assert any("In the last" in row for row in reader.rows())

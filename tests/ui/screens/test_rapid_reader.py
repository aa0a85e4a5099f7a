from ui.pilot_reader import Start

from tuireader.ui.screens.rapid_reader import RapidReader


async def test_words_go_on_and_the_cursor_moves_along(start: Start) -> None:
    async with start() as reader:
        await reader.press("g", "g", "backslash", "r")
        screen = await reader.until(RapidReader)
        text = reader.article.text
        first = screen.word.of(text)
        await reader.press("l", "l")
        assert screen.word.of(text) == text.split()[2]
        await reader.press("h", "h")
        assert screen.word.of(text) == first
        screen.running = True
        screen.advance()
        assert screen.word.of(text) == text.split()[1]
        reached = screen.word.start
        await reader.press("q")
        await reader.until_so(lambda: not isinstance(reader.app.screen, RapidReader))
        await reader.settle()
        assert reader.screen.text.cursor.offset == reached


async def test_the_speed_stays_between_200_and_900(start: Start) -> None:
    async with start() as reader:
        await reader.press("backslash", "r")
        screen = await reader.until(RapidReader)
        await reader.press(*["plus"] * 20)
        assert screen.speed == 900
        await reader.press(*["minus"] * 20)
        assert screen.speed == 200
        await reader.press("q", "backslash", "r")
        assert (await reader.until(RapidReader)).speed == 200


async def test_space_goes_on_and_pauses_and_shows_the_paragraph(start: Start) -> None:
    async with start() as reader:
        await reader.press("backslash", "r")
        screen = await reader.until(RapidReader)
        states = [screen.running]
        for _ in range(2):
            screen.action_pause()
            states.append(screen.running)
        assert states == [False, True, False]
        around = str(screen.query_one("#around").render())
        assert screen.word.of(reader.article.text) in around


async def test_no_word_of_the_paragraph_is_cut_on_a_narrow_screen(start: Start) -> None:
    async with start(size=(40, 20)) as reader:
        await reader.press("J", "}", "backslash", "r")
        screen = await reader.until(RapidReader)
        await reader.settle()
        words = " ".join(" ".join(reader.rows()).split())
        around = str(screen.query_one("#around").render())
        assert " ".join(around.split()) in words

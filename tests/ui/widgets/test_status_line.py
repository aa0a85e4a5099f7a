from ui.pilot_reader import Start


async def test_the_keys_are_shown_beside_a_message_and_can_be_clicked(start: Start) -> None:
    async with start() as reader:
        reader.screen.status.say("Note saved")
        await reader.settle()
        row = reader.rows()[-1]
        assert row.startswith(" Note saved  · ? Keys")
        await reader.pilot.click(reader.screen.status, offset=(row.index("Bookmark"), 0))
        await reader.settle()
        assert len(reader.words()) == 1


async def test_a_message_as_long_as_the_row_leaves_no_room_for_keys(start: Start) -> None:
    async with start(size=(80, 24)) as reader:
        reader.screen.status.say("word " * 40)
        await reader.settle()
        assert "Keys" not in reader.rows()[-1]
        assert not reader.rows()[-1].rstrip(" 0123456789%").endswith("·")
        reader.screen.status.say("word " * 14)
        await reader.settle()
        assert "word  " in reader.rows()[-1]
        assert "·" not in reader.rows()[-1]
        reader.screen.status.hush()
        await reader.settle()
        assert "? Keys" in reader.rows()[-1]

from tuireader.ui.accessible.progress import PAUSE, SpokenProgress

LINE = "Indexing texts: {} of 9 · 3 a second"


def test_quick_work_is_not_told() -> None:
    progress = SpokenProgress()
    assert progress.words(LINE.format(1), 100) == ""
    assert progress.words(LINE.format(9), 101) == ""
    assert progress.words("", 102) == ""


def test_long_work_is_told_seldom_and_when_it_has_ended() -> None:
    progress = SpokenProgress()
    told = [progress.words(LINE.format(count), 100 + count) for count in range(1, 26)]
    assert [words for words in told if words] == [
        f"Indexing texts: {1 + PAUSE:.0f} of 9",
        f"Indexing texts: {1 + 2 * PAUSE:.0f} of 9",
    ]
    assert progress.words("", 130) == "Indexing texts: done"
    assert progress.words("", 131) == ""

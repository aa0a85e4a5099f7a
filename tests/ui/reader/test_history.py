from tuireader.ui.reader.history import History


def test_the_newest_place_is_the_first_to_go_back_to_and_the_oldest_are_forgotten() -> None:
    history = History(most=2)
    for offset in range(3):
        history.push(("a.txt", offset))
    assert [history.back(None) for _ in range(3)] == [("a.txt", 2), ("a.txt", 1), None]


def test_going_forward_undoes_going_back_until_the_next_jump() -> None:
    history = History()
    history.push(("a.txt", 0))
    history.push(("b.txt", 5))
    assert history.back(("c.txt", 9)) == ("b.txt", 5)
    assert history.back(("b.txt", 5)) == ("a.txt", 0)
    assert history.forward(("a.txt", 0)) == ("b.txt", 5)
    assert history.forward(("b.txt", 5)) == ("c.txt", 9)
    assert history.forward(("c.txt", 9)) is None
    assert history.back(("c.txt", 9), 7) == ("a.txt", 0)
    history.push(("a.txt", 3))
    assert history.forward(("d.txt", 1)) is None

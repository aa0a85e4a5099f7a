from typing import Any

import pytest
from ui.reader.river import TEXT, article_of

from tuireader.domain.article import Link, Passage
from tuireader.ui.reader.navigation import NavigationController, mark_passage


def test_a_place_mark_begins_at_the_cursor_and_is_long_enough() -> None:
    article = article_of()
    assert mark_passage(article, 42, Passage(42, 66)) == Passage(42, len(TEXT))
    long = article_of("word " * 40)
    assert mark_passage(long, 3, Passage(0, 10)) == Passage(3, 43)


def test_a_place_mark_at_the_very_end_takes_the_sentence() -> None:
    assert mark_passage(article_of(), len(TEXT), Passage(67, len(TEXT))) == Passage(67, len(TEXT))


class Navigation:
    def __init__(self, desk: Any) -> None:
        self.cursor = 0
        self.focused = 0
        self.browsed: list[str] = []
        self.controller = NavigationController(
            desk.context,
            desk.session,
            desk.notifier,
            desk.tasks,
            opener=desk.opener,
            editor=desk.editor,
            cursor=lambda: self.cursor,
            focus_text=self._focus,
            show_found=desk.context.catalogue.extend,
            open_in_browser=self._browse,
        )

    def _focus(self) -> None:
        self.focused += 1

    def _browse(self, address: Any) -> Any:
        self.browsed.append(address)
        return f"Opened {address}"


@pytest.fixture
def navigation(desk: Any) -> Any:
    desk.articles["other.txt"] = article_of("Something else.", "other.txt")
    desk.opener.open("river.txt")
    desk.went.clear()
    desk.said.clear()
    return Navigation(desk)


def test_back_leads_to_where_the_user_was(desk: Any, navigation: Any) -> None:
    navigation.cursor = 42
    navigation.controller.open("other.txt", 3)
    assert (desk.session.article.location, navigation.focused) == ("other.txt", 1)
    navigation.controller.back()
    assert desk.session.article.location == "river.txt"
    assert desk.went == [3, 42]
    navigation.controller.back()
    assert desk.said[-1] == "No earlier place to go back to"


def test_the_ends_of_the_list_are_told(desk: Any, navigation: Any) -> None:
    navigation.controller.open_neighbour("", 1)
    navigation.controller.open_neighbour("", -1)
    assert desk.said == ["This is the last article.", "This is the first article."]


def test_a_place_mark_is_set_and_gone_to(desk: Any, navigation: Any) -> None:
    navigation.cursor = 42
    navigation.controller.set_mark("a", Passage(42, 66))
    assert desk.said[-1] == "Place mark a set"
    navigation.controller.open("other.txt")
    navigation.controller.go_to_mark("a")
    assert desk.session.article.location == "river.txt"
    assert desk.went[-1] == 42
    navigation.controller.go_to_mark("b")
    assert desk.said[-1] == "No place mark b"


def test_a_link_is_followed_in_the_browser_or_told(desk: Any, navigation: Any) -> None:
    navigation.controller.follow("", "")
    navigation.controller.follow("https://harbour.example/", "")
    navigation.controller.follow("mailto:cook@galley.example", "")
    assert navigation.browsed == ["https://harbour.example/"]
    assert desk.said == [
        "No link here",
        "Opened https://harbour.example/",
        "Its address is mailto:cook@galley.example",
    ]


def test_a_link_is_chosen_in_a_dialog(desk: Any, navigation: Any) -> None:
    link = Link(Passage(0, 4), "https://harbour.example/")
    desk.session.update(article=article_of(links=(link,)))
    desk.tasks.answers.extend([link, None])
    desk.tasks.dialog(navigation.controller.choose_link())
    desk.tasks.dialog(navigation.controller.choose_link())
    assert navigation.browsed == ["https://harbour.example/"]
    assert len(desk.tasks.asked) == 2

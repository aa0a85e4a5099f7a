from tuireader.domain.article_list import ListEntry
from tuireader.library.catalogue import Catalogue


def catalogue(*locations: str) -> Catalogue:
    made = Catalogue(lambda location: ListEntry(location=location, title=location.upper()))
    made.extend(locations)
    return made


def order(made: Catalogue) -> list[str]:
    return [made.location(number) for number in range(len(made))]


def test_new_articles_are_put_before_the_one_that_is_named() -> None:
    made = catalogue("a", "b", "c")
    assert made.insert(["x", "b", "y", "x"], "b") == 2
    assert order(made) == ["a", "x", "y", "b", "c"]
    assert [made.number(location) for location in order(made)] == [0, 1, 2, 3, 4]


def test_without_that_one_they_come_at_the_end() -> None:
    made = catalogue("a")
    assert made.insert(["x"], "gone") == 1
    assert order(made) == ["a", "x"]


def test_what_is_known_of_an_article_stays_with_it() -> None:
    made = catalogue("a", "b")
    assert made.entry(1).title == "B"
    made.insert(["x"], "b")
    assert made.is_described(2)
    assert not made.is_described(1)


def test_the_chapters_of_a_book_follow_its_contents() -> None:
    catalogue = Catalogue(lambda location: ListEntry(location=location, title=location))
    catalogue.extend(["b.epub#contents", "b.epub#1", "b.epub#2", "b.epubs#3", "a.txt"])
    assert catalogue.chapters("b.epub#contents") == ("b.epub#1", "b.epub#2")
    assert catalogue.chapters("b.epub#1") == catalogue.chapters("c.epub#contents") == ()


def test_an_equal_location_is_held_once() -> None:
    made = catalogue("/library/a.txt")
    copy = "/library/a.txt-"[:-1]
    assert made.own(copy) is made.location(0)
    assert made.own("/library/b.txt") == "/library/b.txt"

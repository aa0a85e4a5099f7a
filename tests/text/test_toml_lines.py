from tuireader.text.toml_lines import line_of

CONTENT = """column = 70
[keys] # the keys
quit = "Q"
"next-pane" = "N"
[keys.text]
quit = []
[sites]
"a.example.org" = "x"
"a.example" = "y"
[more.things]
x = 1
"""


def test_a_key_is_found_in_its_table() -> None:
    assert line_of(CONTENT, "", "column") == 1
    assert line_of(CONTENT, "keys", "quit") == 3
    assert line_of(CONTENT, "keys", "next-pane") == 4
    assert line_of(CONTENT, "keys.text", "quit") == 6


def test_a_key_that_is_nowhere_has_no_line() -> None:
    assert line_of(CONTENT, "", "quit") == 0
    assert line_of("", "keys", "quit") == 0


def test_a_name_with_dots_is_not_taken_for_a_longer_one() -> None:
    assert line_of(CONTENT, "sites", "a.example") == 9


def test_a_table_is_found_by_its_heading_or_the_first_key_in_it() -> None:
    assert line_of(CONTENT, "", "keys") == 2
    assert line_of(CONTENT, "", "more") == 10
    assert line_of("more.things = 1", "", "more") == 1

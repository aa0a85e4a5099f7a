from tuireader.text.toml_lines import line_of

CONTENT = """column = 70
[keys] # the keys
quit = "Q"
"next-pane" = "N"
[keys.text]
quit = []
"""


def test_a_key_is_found_in_its_table() -> None:
    assert line_of(CONTENT, "", "column") == 1
    assert line_of(CONTENT, "keys", "quit") == 3
    assert line_of(CONTENT, "keys", "next-pane") == 4
    assert line_of(CONTENT, "keys.text", "quit") == 6


def test_a_key_that_is_nowhere_has_no_line() -> None:
    assert line_of(CONTENT, "", "quit") == 0
    assert line_of("", "keys", "quit") == 0

from unicodedata import bidirectional, normalize

from hypothesis import given, settings
from hypothesis import strategies as st

from tuireader.layout.bidi import is_right_to_left, mirrored, visual_order

rows = st.text(st.sampled_from("abc אבג يبن 12٣ ,.:%+()[]〈〉\u2329-/\tָ"), max_size=20)


def order(row: str, *, right_to_left: bool) -> str:
    return "".join(
        mirrored(row[start:end]) if mirror else row[start:end]
        for start, end, mirror in visual_order(row, right_to_left=right_to_left)
    )


@given(rows, st.booleans())
def test_each_character_is_shown_once(row: str, backwards: bool) -> None:
    pieces = visual_order(row, right_to_left=backwards)
    assert sorted(index for start, end, _ in pieces for index in range(start, end)) == list(
        range(len(row))
    )


@given(st.text(st.sampled_from("abc 12 .,()"), max_size=20))
def test_left_to_right_text_stays_as_it_is(row: str) -> None:
    assert order(row, right_to_left=False) == row


def test_numbers_run_from_left_to_right_in_right_to_left_text() -> None:
    assert order("אבג 123 דה", right_to_left=True) == "הד 123 גבא"
    assert order("אבג 10:30", right_to_left=True) == "10:30 גבא"
    assert order("אבג 25% ד", right_to_left=True) == "ד 25% גבא"


def test_words_of_the_other_direction_keep_their_order() -> None:
    assert order("he said אבג דה today", right_to_left=False) == "he said הד גבא today"
    assert order("אבג New York דה", right_to_left=True) == "הד New York גבא"


def test_marks_stay_with_their_letters() -> None:
    assert order("אָב", right_to_left=True) == "באָ"


def test_the_first_letter_decides_the_direction_of_a_paragraph() -> None:
    assert is_right_to_left("“12 שלום world", 0, 14)
    assert not is_right_to_left("12 world שלום", 0, 13)
    assert not is_right_to_left("12 …", 0, 4)


def test_brackets_have_one_direction() -> None:
    assert order("אבג (abc) דה", right_to_left=True) == "הד (abc) גבא"
    assert order("abc (אבג) def", right_to_left=False) == "abc (גבא) def"
    assert order("אבג abc (def)", right_to_left=True) == "abc (def) גבא"
    assert order("אבג abc(1)", right_to_left=True) == "abc(1) גבא"
    assert order("abc אבג (דה) ו", right_to_left=False) == "abc ו (הד) גבא"


SIDES = {"L": "L", "R": "R", "EN": "R", "AN": "R"}
"""The direction of the classes that have one, in rules N0 to N2."""


def after_letters_and_marks(first: list[str], embedding: str) -> list[str]:
    """The classes after rules W1 to W3."""
    kinds = list(first)
    for index, kind in enumerate(kinds):  # W1
        if kind == "NSM":
            kinds[index] = kinds[index - 1] if index else embedding
    strong = embedding
    for index, kind in enumerate(kinds):  # W2
        strong = kind if kind in {"L", "R", "AL"} else strong
        kinds[index] = "AN" if kind == "EN" and strong == "AL" else kind
    return ["R" if kind == "AL" else kind for kind in kinds]  # W3


def after_numbers(kinds: list[str], embedding: str) -> list[str]:
    """The classes after rules W4 to W7."""
    for index in range(1, len(kinds) - 1):  # W4
        before, kind, after = kinds[index - 1 : index + 2]
        if before == after and ((kind, before) in {("ES", "EN"), ("CS", "EN"), ("CS", "AN")}):
            kinds[index] = before
    for steps in (range(len(kinds)), range(len(kinds) - 1, -1, -1)):  # W5
        last = ""
        for index in steps:
            kinds[index] = last = "EN" if kinds[index] == "ET" and last == "EN" else kinds[index]
    kinds = ["ON" if kind in {"ES", "CS", "ET"} else kind for kind in kinds]  # W6
    strong = embedding
    for index, kind in enumerate(kinds):  # W7
        strong = kind if kind in {"L", "R"} else strong
        kinds[index] = "L" if kind == "EN" and strong == "L" else kind
    return kinds


def pairs_of(row: str, kinds: list[str]) -> list[tuple[int, int]]:
    """The pairs of brackets by BD16."""
    pairs, waiting = [], list[tuple[str, int]]()
    for index, character in enumerate(row):
        equal = normalize("NFC", character)
        if kinds[index] == "ON" and equal in "([〈":
            waiting.append((")]〉"["([〈".index(equal)], index))
        elif kinds[index] == "ON" and equal in [closing for closing, _ in waiting]:
            while waiting:
                closing, start = waiting.pop()
                if closing == equal:
                    pairs.append((start, index))
                    break
    return sorted(pairs)


def after_brackets(row: str, kinds: list[str], first: list[str], embedding: str) -> None:
    """Change the classes by rule N0."""
    for start, end in pairs_of(row, kinds):
        inside = {SIDES[kind] for kind in kinds[start + 1 : end] if kind in SIDES}
        before = [embedding, *(SIDES[kind] for kind in kinds[:start] if kind in SIDES)][-1]
        side = embedding if embedding in inside else before
        for index in (start, end) if inside else ():
            kinds[index] = side
            for mark in range(index + 1, len(kinds)):
                if first[mark] != "NSM":
                    break
                kinds[mark] = side


def levels_of(row: str, base: int) -> list[int]:
    """The levels by the rules of UAX 9 one after another, for text in one isolating run."""
    embedding = "LR"[base]
    first = [bidirectional(character) for character in row]
    kinds = after_numbers(after_letters_and_marks(first, embedding), embedding)
    after_brackets(row, kinds, first, embedding)
    for index, kind in enumerate(list(kinds)):  # N1, N2
        if kind not in SIDES:
            left = [embedding, *(SIDES[each] for each in kinds[:index] if each in SIDES)][-1]
            right = next((SIDES[each] for each in kinds[index:] if each in SIDES), embedding)
            kinds[index] = f"{left if left == right else embedding}?"
    own = {"EN": 2, "AN": 2, "LR"[1 - base]: base + 1, embedding: base}  # I1, I2
    levels = [own[kind.rstrip("?")] for kind in kinds]
    trailing = True
    for index in range(len(row) - 1, -1, -1):  # L1
        trailing = first[index] in {"S", "B"} or (trailing and first[index] == "WS")
        levels[index] = base if trailing else levels[index]
    return levels


def reordered(row: str, base: int) -> str:
    """The row by rule L2, and with mirrored brackets by L4; marks stay behind their letters."""
    levels = levels_of(row, base)
    order = list(range(len(row)))
    for level in range(max(levels, default=0), 0, -1):
        at = 0
        while at < len(order):
            end = at
            while end < len(order) and levels[order[end]] >= level:
                end += 1
            order[at:end] = order[at:end][::-1]
            at = end + 1
    return "".join(mirrored(row[n]) if levels[n] % 2 else row[n] for n in order)


@settings(max_examples=400)
@given(rows.filter(lambda row: "ָ" not in row), st.booleans())
def test_the_order_is_that_of_the_standards_rules(row: str, backwards: bool) -> None:
    assert order(row, right_to_left=backwards) == reordered(row, int(backwards))


@given(rows, st.booleans())
def test_marks_take_the_level_of_their_letters(row: str, backwards: bool) -> None:
    shown = order(row, right_to_left=backwards)
    letters = [n for n, each in enumerate(row) if n + 1 < len(row) and row[n + 1] == "ָ"]
    for letter in letters:
        if row[letter] in "abcאבגيبن":
            assert f"{row[letter]}ָ" in shown

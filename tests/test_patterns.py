"""Every pattern of the program takes time linear in the text that it meets.

The steps are counted by a small backtracking matcher, so that no clock is needed. It and
the texts are made from the trees of `re._parser`, which is private to Python: this is the
only place that uses it.
"""

import ast
import importlib
import re
import sys
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from re import _compiler, _constants, _parser
from types import ModuleType
from typing import Any, NamedTuple

import pytest

from tuireader.layout import motions
from tuireader.sources import own_exports
from tuireader.sources.html import scanner
from tuireader.sources.plaintext import header
from tuireader.text import dates, search
from tuireader.sources import own_exports, tags
from tuireader.text import search

PACKAGE = Path(__file__).parent.parent / "src" / "tuireader"
CALLS = {"compile", "search", "match", "fullmatch", "sub", "subn", "split", "findall", "finditer"}
AT_START, TO_END = {"match", "fullmatch"}, {"fullmatch"}

ONE = {_constants.LITERAL, _constants.NOT_LITERAL, _constants.ANY, _constants.IN}
REPEATS = {_constants.MAX_REPEAT, _constants.MIN_REPEAT, _constants.POSSESSIVE_REPEAT}
COMMON = "a A0_ \n.,-:\"<>()[]{}/'\\\x00é“\t日"
SHORTENED = 4
"""What a bounded repeat is bounded by here: the text is short, and a bound must show in it."""
PUMPED = 16
"""How often a piece is repeated in the shorter of two texts."""
VARIANTS = 4
"""Samples that are made of one part of a pattern."""
ENDS = 3
"""Sorts of characters that stand behind the last piece, besides nothing."""
MOST_PIECES = 24
"""Pieces that a pattern is tried with; of more, evenly chosen ones."""
MOST_STEPS = 40_000
"""A pattern that takes more on a text of some hundred characters is not linear."""


class TooManyStepsError(Exception):
    """A text takes more steps than any linear pattern does."""


class Use(NamedTuple):
    """A pattern, and whether it is tried at the start only, and must reach the end."""

    pattern: re.Pattern[Any]
    at_start: bool = False
    to_end: bool = False


class Matcher:
    """Matches as Python's own matcher does, without its short cuts, and counts its steps."""

    def __init__(self, use: Use) -> None:
        self.use, self.steps = use, 0
        self.text: Any = ""
        self.tree = _parser.parse(use.pattern.pattern, use.pattern.flags)
        self.groups: dict[int, tuple[int, int]] = {}
        self._tests: dict[int, tuple[re.Pattern[Any], dict[Any, bool]]] = {}
        self._starts: dict[tuple[int, Any], bool] = {}

    def one(self, node: Any, character: Any) -> bool:
        """Whether a node that takes one character takes this one."""
        test, seen = self._test(node)
        if character not in seen:
            seen[character] = test.match(character) is not None
        return seen[character]

    def _test(self, node: Any) -> tuple[re.Pattern[Any], dict[Any, bool]]:
        known = self._tests.get(id(node))
        if known is None:
            part = _parser.SubPattern(self.tree.state, [node])
            known = (_compiler.compile(part, self.use.pattern.flags), {})
            self._tests[id(node)] = known
        return known

    def may_start(self, items: Any, character: Any) -> bool:
        """Whether what the nodes take can begin with a character, as far as that is told soon."""
        key = (id(items), character)
        if key not in self._starts:
            self._starts[key] = self._may_start(items, character)
        return self._starts[key]

    def _may_start(self, items: Any, character: Any) -> bool:
        for node in items:
            op, value = node
            if op in ONE:
                return bool(character) and self.one(node, character)
            parts = [] if op in {_constants.ASSERT, _constants.ASSERT_NOT} else inner(op, value)
            if any(self.may_start(part, character) for part in parts):
                return True
            optional = op in REPEATS and value[0] == 0
            if parts and not optional and min(part.getwidth()[0] for part in parts):
                return False
            if op is _constants.GROUPREF:
                return True
        return True

    def steps_in(self, text: Any) -> int:
        """The steps that all matches in a text take together, or the only one at its start."""
        self.text, self.steps = text, 0
        items, at = list(self.tree), 0
        while at <= len(text):
            self.groups = {}
            if not self.use.at_start and not self.may_start(self.tree, text[at : at + 1]):
                self._step()
                at += 1
                continue
            ends = (
                end for end in self._all(items, 0, at) if not self.use.to_end or end == len(text)
            )
            end = next(ends, None)
            if self.use.at_start:
                break
            at = end if end is not None and end > at else at + 1
        return self.steps

    def _step(self) -> None:
        self.steps += 1
        if self.steps > MOST_STEPS:
            raise TooManyStepsError

    def _all(self, items: list[Any], first: int, at: int) -> Iterator[int]:
        if first == len(items):
            yield at
            return
        op, value = items[first]
        if op in ONE:
            self._step()
            if at < len(self.text) and self.one(items[first], self.text[at : at + 1]):
                yield from self._all(items, first + 1, at + 1)
            return
        for end in self._ends(items[first], op, value, at):
            yield from self._all(items, first + 1, end)

    def _ends(  # noqa: C901, PLR0912 - one case for each kind of node
        self, node: Any, op: Any, value: Any, at: int
    ) -> Iterator[int]:
        self._step()
        if op in REPEATS:
            yield from self._repeat(op, value, at)
        elif op is _constants.SUBPATTERN:
            yield from self._group(value, at)
        elif op is _constants.BRANCH:
            for choice in value[1]:
                if self.may_start(choice, self.text[at : at + 1]):
                    yield from self._all(list(choice), 0, at)
        elif op is _constants.ATOMIC_GROUP:
            yield from self._first(self._all(list(value), 0, at))
        elif op in {_constants.ASSERT, _constants.ASSERT_NOT}:
            if self._holds(value, at) == (op is _constants.ASSERT):
                yield at
        elif op is _constants.GROUPREF:
            start, end = self.groups.get(value, (0, 0))
            if self.text.startswith(self.text[start:end], at):
                yield at + end - start
        elif op is _constants.AT:
            if self._test(node)[0].match(self.text, at):
                yield at
        elif op is _constants.GROUPREF_EXISTS:
            number, yes, no = value
            chosen = yes if number in self.groups else no or []
            yield from self._all(list(chosen), 0, at)
        else:
            raise NotImplementedError(op)

    @staticmethod
    def _first(ends: Iterator[int]) -> Iterator[int]:
        end = next(ends, None)
        if end is not None:
            yield end

    def _holds(self, value: Any, at: int) -> bool:
        way, inside = value
        if way < 0:
            at -= inside.getwidth()[0]
        return at >= 0 and next(self._all(list(inside), 0, at), None) is not None

    def _group(self, value: Any, at: int) -> Iterator[int]:
        number, _, _, inside = value
        before = self.groups.pop(number, None)
        for end in self._all(list(inside), 0, at):
            if number is not None:
                self.groups[number] = (at, end)
            yield end
        self.groups.pop(number, None)
        if before:
            self.groups[number] = before

    def _repeat(self, op: Any, value: Any, at: int) -> Iterator[int]:
        least, most, inside = bounded(value)
        items = list(inside)
        if op is _constants.POSSESSIVE_REPEAT:
            ends = self._times(items, least, most, at)
            yield from self._first(ends)
        elif op is _constants.MAX_REPEAT:
            yield from self._times(items, least, most, at)
        else:
            yield from self._few(items, least, most, at)

    def _times(self, items: list[Any], least: int, most: int, at: int) -> Iterator[int]:
        if len(items) == 1 and items[0][0] in ONE:
            end = at
            while end - at < most and end < len(self.text):
                self._step()
                if not self.one(items[0], self.text[end : end + 1]):
                    break
                end += 1
            while end - at >= least:
                yield end
                self._step()
                end -= 1
            return
        if most > 0:
            for end in self._all(items, 0, at):
                if end > at or least > 0:
                    yield from self._times(items, max(0, least - 1), most - 1, end)
        if least <= 0:
            yield at

    def _few(self, items: list[Any], least: int, most: int, at: int) -> Iterator[int]:
        if least <= 0:
            yield at
        if most > 0:
            for end in self._all(items, 0, at):
                if end > at or least > 0:
                    yield from self._few(items, max(0, least - 1), most - 1, end)


def bounded(value: Any) -> tuple[int, int, Any]:
    """A repeat's bounds, made short if they are finite, and what it repeats."""
    least, most, inside = value
    endless = most is _constants.MAXREPEAT
    return min(least, SHORTENED), 10**9 if endless else min(most, SHORTENED), inside


class Pumping:
    """Makes texts that lead a matcher astray: each repeat of a pattern is fed over and over."""

    def __init__(self, matcher: Matcher) -> None:
        self.matcher = matcher
        self.bytes = isinstance(matcher.use.pattern.pattern, bytes)
        said = "".join(sorted(set(self._literals(matcher.tree)) - set(COMMON)))[:60]
        self.alphabet = self._unlike([self._typed(character) for character in COMMON + said])
        self.words: dict[int, Any] = {}

    def _unlike(self, characters: list[Any]) -> list[Any]:
        """One character of each sort that some node of the pattern tells from the others."""
        nodes = list(self._ones(self.matcher.tree))
        sorts: dict[tuple[bool, ...], Any] = {}
        for character in filter(None, characters):
            sorts.setdefault(tuple(self.matcher.one(n, character) for n in nodes), character)
        return list(sorts.values())

    def _ones(self, items: Any) -> Iterator[Any]:
        for node in items:
            if node[0] in ONE:
                yield node
            for part in inner(*node):
                yield from self._ones(part)

    def _typed(self, text: str) -> Any:
        return text.encode("latin-1", "ignore") if self.bytes else text

    def _literals(self, tree: Any) -> Iterator[str]:
        for op, value in tree:
            if op in {_constants.LITERAL, _constants.NOT_LITERAL}:
                yield chr(value)
            elif op is _constants.RANGE:
                yield from (chr(value[0]), chr(value[1]))
            elif op is _constants.IN:
                yield from self._literals(value)
            for inside in inner(op, value):
                yield from self._literals(inside)

    def samples(self, node: Any) -> list[Any]:  # noqa: PLR0911 - one case for each kind of node
        """Some texts that a node takes."""
        op, value = node
        empty = self._typed("")
        if op in ONE:
            fit = [c for c in self.alphabet if c and self.matcher.one(node, c)]
            return fit[:VARIANTS] or [empty]
        if op in REPEATS:
            least, _, inside = bounded(value)
            return [piece * max(least, 1) for piece in self.of_all(inside)]
        if op is _constants.BRANCH:
            each = [self.of_all(choice)[:3] for choice in value[1]]
            return list(dict.fromkeys(piece for made in each for piece in made))[: 4 * VARIANTS]
        if op is _constants.SUBPATTERN:
            made = self.of_all(value[3])
            self.words[value[0]] = made[0]
            return made
        if op is _constants.ATOMIC_GROUP:
            return self.of_all(value)
        if op is _constants.GROUPREF_EXISTS:
            return self.of_all(inner(op, value)[-1])
        if op is _constants.GROUPREF:
            return [self.words.get(value, empty)]
        if op is _constants.ASSERT and value[0] < 0:
            return self.of_all(value[1])
        return [empty]

    def of_all(self, items: Any) -> list[Any]:
        """Some texts that several nodes take one after the other."""
        each = [self.samples(node) for node in items]
        empty = self._typed("")
        plain = [made[0] for made in each]
        found = [empty.join(plain)]
        for place, made in enumerate(each):
            found += [
                empty.join([*plain[:place], other, *plain[place + 1 :]]) for other in made[1:]
            ]
        return list(dict.fromkeys(found))[: 2 * VARIANTS]

    def repeats(self, items: Any, before: Any) -> Iterator[tuple[Any, list[Any]]]:
        """What stands before each repeat, and texts that it takes."""
        for node in items:
            op, value = node
            if op in REPEATS:
                yield before, self.of_all(value[2])
            for inside in inner(op, value):
                yield from self.repeats(inside, before)
            before += self.samples(node)[0]

    def texts(self) -> Iterator[Callable[[int], Any]]:
        """Texts of any size, as functions of how often their piece is repeated."""
        ends = [self._typed(""), *self.alphabet[:ENDS]]
        empty = self._typed("")
        first: dict[tuple[Any, Any], None] = {}
        more: dict[tuple[Any, Any], None] = {}
        for before, made in self.repeats(self.matcher.tree, empty):
            for piece in made:
                first[before, piece] = None
                more[empty, piece] = more[empty, before + piece] = None
        whole = self.of_all(self.matcher.tree)[0]
        more |= {(empty, whole[:cut]): None for cut in range(1, min(len(whole), 12) + 1)}
        for pieces in (first, more):
            pairs = [pair for pair in pieces if pair[1]]
            for before, piece in pairs[:: len(pairs) // MOST_PIECES + 1]:
                for end in ends:
                    yield lambda n, b=before, p=piece, e=end: b + p * n + e


def inner(op: Any, value: Any) -> list[Any]:
    """The parts of a node that are made of nodes."""
    if op in REPEATS:
        return [value[2]]
    if op is _constants.SUBPATTERN:
        return [value[3]]
    if op is _constants.BRANCH:
        return list(value[1])
    if op in {_constants.ASSERT, _constants.ASSERT_NOT}:
        return [value[1]]
    if op is _constants.GROUPREF_EXISTS:
        return [part for part in value[1:] if part is not None]
    return [value] if op is _constants.ATOMIC_GROUP else []


def is_endless(items: Any) -> bool:
    """Whether a part is repeated without a bound; else the time is linear in any case."""
    return any(
        (op in REPEATS and value[1] is _constants.MAXREPEAT)
        or any(map(is_endless, inner(op, value)))
        for op, value in items
    )


def steps(matcher: Matcher, text: Any) -> int:
    try:
        return matcher.steps_in(text)
    except TooManyStepsError:
        return MOST_STEPS


def worst(use: Use) -> str:
    """The text on which a pattern takes more than linear time, and how long; else nothing."""
    matcher = Matcher(use)
    if not is_endless(matcher.tree):
        return ""
    for text in Pumping(matcher).texts():
        short = steps(matcher, text(PUMPED))
        if short <= 3 * len(text(PUMPED)):
            continue
        long, longer = (steps(matcher, text(PUMPED * times)) for times in (2, 3))
        if longer >= MOST_STEPS or (longer - long) > 1.15 * (long - short) + 24:
            return f"{text(3)!r}: {short}, {long}, {longer} steps"
    return ""


MADE: dict[str, Callable[[], list[re.Pattern[Any]]]] = {
    "text/search.py:search_pattern": lambda: [
        made for query in ("a b a", "ssss x", "fffi") if (made := search.search_pattern(query))
    ],
    "text/search.py:term_pattern": lambda: [
        made for term in ("a b a", "ssss-x", "fffi") if (made := search.term_pattern(term))
    ],
    "layout/motions.py:_word": lambda: [motions._word()],
    # As it joins the words of a passage that was kept.
    "notebook/anchoring/search.py:_normalized_occurrences": lambda: [re.compile(r"a\s+b\s+a\s+c")],
    "sources/own_exports.py:own_export": lambda: [
        re.compile(mark) for mark, _ in own_exports._RECORD_MARKS
    ],
    "sources/html/scanner.py:_patterns": lambda: [
        pattern
        for opening, closings in [scanner._patterns(("style", "svg"))]
        for pattern in (opening, *closings.values())
    ],
}
"""Patterns that are made while the program runs, by the function that makes them."""


@cache
def modules() -> tuple[tuple[str, ModuleType, ast.Module], ...]:
    return tuple(_modules())


def _modules() -> Iterator[tuple[str, ModuleType, ast.Module]]:
    for path in sorted(PACKAGE.rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        if any(
            isinstance(node, ast.Import) and node.names[0].name == "re" for node in ast.walk(tree)
        ):
            name = path.relative_to(PACKAGE.parent).with_suffix("").as_posix().replace("/", ".")
            yield path.relative_to(PACKAGE).as_posix(), importlib.import_module(name), tree


def patterns_in(value: Any) -> Iterator[re.Pattern[Any]]:
    if isinstance(value, re.Pattern):
        yield value
    elif isinstance(value, tuple | list | set | frozenset):
        for item in value:
            yield from patterns_in(item)
    elif isinstance(value, dict):
        yield from patterns_in(list(value.values()))


def methods_on(tree: ast.Module, name: str) -> set[str]:
    """What is called on a name in a module; "search" if it is handed on."""
    called = {
        id(node.value): node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)
    }
    found = {
        called.get(id(node), "search")
        for node in ast.walk(tree)
        if isinstance(node, ast.Name) and node.id == name and isinstance(node.ctx, ast.Load)
    }
    return found or {"search"}


def said_in(function: ast.AST) -> Iterator[Use | None]:
    """The patterns that a function names; None for one that it makes of something else."""
    for node in ast.walk(function):
        named = isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
        if not named or ast.unparse(node.func.value) != "re" or node.func.attr not in CALLS:
            continue
        if not isinstance(node.args[0], ast.Constant):
            yield None
        else:
            method = node.func.attr
            pattern = re.compile(node.args[0].value)
            yield Use(pattern, method in AT_START, method in TO_END)


FOLDERS = sorted({path.relative_to(PACKAGE).parent.as_posix() for path in PACKAGE.rglob("*.py")})


def uses(folder: str) -> Iterator[tuple[str, Use]]:
    """Every pattern in a folder of the program, by its place."""
    seen = set()
    for place, module, tree in modules():
        if Path(place).parent.as_posix() != folder:
            continue
        for name, value in vars(module).items():
            methods = methods_on(tree, name)
            for pattern in patterns_in(value):
                use = Use(pattern, methods <= AT_START, methods <= TO_END)
                if (place, use) not in seen:
                    yield f"{place}:{name}", use
                seen.add((place, use))
        for function in ast.walk(tree):
            if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
                label = f"{place}:{function.name}"
                for said in said_in(function):
                    made = [said] if said else map(Use, MADE.get(label, list)())
                    yield from ((label, use) for use in made)


@pytest.fixture(autouse=True)
def deep() -> Iterator[None]:
    """The matcher goes down a level for each piece that a group repeats."""
    before = sys.getrecursionlimit()
    sys.setrecursionlimit(20_000)
    yield
    sys.setrecursionlimit(before)


def test_every_pattern_is_looked_at() -> None:
    made = {
        f"{place}:{function.name}"
        for place, module, tree in modules()
        for function in ast.walk(tree)
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef)
        and None in said_in(function)
    }
    assert made == MADE.keys()
    assert all(MADE[label]() for label in made)


@pytest.mark.parametrize("folder", FOLDERS)
def test_no_pattern_takes_more_than_twice_the_steps_for_twice_the_text(folder: str) -> None:
    found = {label: text for label, use in uses(folder) if (text := worst(use))}
    assert not found, found


@pytest.mark.parametrize(
    "pattern",
    [
        r"\s+$",
        r"<[^>]*>",
        r"[ \t]*>",
        r"(?:a|a)*b",
        r"(?:\w+\s?)*$",
        r"\s*(?:\.\s?){4,}\s*(?=\w{1,6}$)",
        r"(?s)<(script|style)\b.*?</\1>",
        r"(?s)\A(?:\s|<\?.*?\?>|<!--.*?-->)*<rss",
        r"[^\n]*[^\n\s][^\n]*",
    ],
)
def test_a_pattern_that_takes_longer_is_found(pattern: str) -> None:
    assert worst(Use(re.compile(pattern)))


@pytest.mark.parametrize(
    "pattern",
    [r"(?<!\s)\s++$", r"\w+", r"(?:a|b)*", r"<[^<>]{1,40}>", r"(?<![^\n])[^\n]*b", r"\A\s+x"],
)
def test_a_linear_pattern_is_not(pattern: str) -> None:
    assert not worst(Use(re.compile(pattern)))

"""No regular expression takes more than linear time, whatever the text: each is fed what would tire it."""

from __future__ import annotations

import ast
import importlib
import pkgutil
import re
import time
from collections.abc import Iterator
from pathlib import Path
from re import _compiler, _parser  # type: ignore[attr-defined]
from typing import Any

import pytest

import factcheck

LONG = 100_000
# Eight times the text may take this many times the time: a linear search takes 8, a quadratic one 64.
RATIO = 12
# Seconds of processor time. Less than the floor is not compared, timers are too coarse; a quadratic search
# takes more than the bound on an eighth of the text, and is given no more.
FLOOR, BOUND = 0.05, 0.5
# What may stand for a class of characters, beside the characters it names.
ALPHABET = "a1A -,.é\n~"
UNBOUNDED = 10_000
REPEATS = ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT")
CHARACTERS = ("LITERAL", "NOT_LITERAL", "ANY", "IN")


# ---------------------------------------------------------------- every pattern of the package
def patterns() -> dict[str, re.Pattern[Any]]:
    """Find the patterns that modules hold, in whatever form, and those written out in calls of ``re``."""
    found: dict[str, re.Pattern[Any]] = {}
    for info in pkgutil.walk_packages(factcheck.__path__, "factcheck."):
        if info.name.endswith("__main__"):
            continue  # importing it runs the program
        module = importlib.import_module(info.name)
        held = [p for value in list(vars(module).values()) for p in _within(value, info.name, set())]
        written = _written(ast.parse(Path(str(module.__file__)).read_text("utf-8")))
        for number, pattern in enumerate([*held, *written]):
            if pattern not in found.values():
                found[f"{info.name.removeprefix('factcheck.')} {number}"] = pattern
    return found


def _within(value: Any, module: str, seen: set[int]) -> Iterator[re.Pattern[Any]]:
    """Yield the patterns in a value, in its members, and in what a cached function of the module returns."""
    if isinstance(value, re.Pattern):
        yield value
    if id(value) in seen:
        return
    seen.add(id(value))
    members: list[Any] = []
    if isinstance(value, dict):
        members = [*value.keys(), *value.values()]
    elif isinstance(value, list | tuple | set | frozenset):
        members = list(value)
    elif hasattr(value, "cache_info"):
        asks = value.__wrapped__.__code__.co_argcount
        members = [value()] if value.__module__ == module and not asks else []
    elif type(value).__module__.startswith("factcheck."):
        slots = [getattr(value, slot, None) for slot in getattr(type(value), "__slots__", ())]
        members = [*slots, *getattr(value, "__dict__", {}).values()]
    for member in members:
        yield from _within(member, module, seen)


def _written(tree: ast.AST) -> Iterator[re.Pattern[Any]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.args:
            of_re = isinstance(node.func.value, ast.Name) and node.func.value.id == "re"
            if of_re and isinstance(node.args[0], ast.Constant):
                yield re.compile(node.args[0].value)


# ---------------------------------------------------------------- texts that tire a pattern
def hostile(pattern: re.Pattern[Any]) -> list[tuple[str, str, str]]:
    """Return beginnings, what is repeated after them, and ends at which a match fails.

    Repeated are the characters that a pattern is made of, its parts, and itself. A pattern that matches no
    more than so many characters looks at so many from each place, whatever comes before and after.
    """
    text = pattern.pattern.decode("latin-1") if isinstance(pattern.pattern, bytes) else pattern.pattern
    tree = _parser.parse(text, pattern.flags)
    whole = _sample(tree)
    units = dict.fromkeys([whole, whole[:-1], *_parts(tree)])
    bounded = tree.getwidth()[1] < UNBOUNDED
    around = [("", "\0")] if bounded else [("", ""), ("", "\0"), (whole, "\n!")]
    return [(start, unit, end) for unit in units if unit for start, end in around]


def _sample(tree: Any) -> str:
    """Write the shortest text that a parsed pattern describes, each of its parts at least once."""
    out = []
    for node in tree:
        operator, argument = str(node[0]), node[1]
        if operator in CHARACTERS:
            out.append(_characters(tree, node)[0])
        elif operator in REPEATS:
            out.append(_sample(argument[2]) * max(1, argument[0]))
        elif not operator.startswith("ASSERT"):
            out.extend(_sample(inner) for inner in _inner(node)[:1])
    return "".join(out)


def _parts(tree: Any) -> Iterator[str]:
    for node in tree:
        if str(node[0]) in CHARACTERS:
            yield from _characters(tree, node)
        for inner in _inner(node):
            yield _sample(inner)
            yield from _parts(inner)


def _inner(node: Any) -> list[Any]:
    """The parsed patterns within a node."""
    operator, argument = str(node[0]), node[1]
    if operator == "BRANCH":
        return list(argument[1])
    parts = argument if isinstance(argument, tuple) else (argument,)
    return [part for part in parts if isinstance(part, _parser.SubPattern)]


def _characters(tree: Any, node: Any) -> list[str]:
    """Return characters that match a node, those it names among them."""
    one = _compiler.compile(_parser.SubPattern(tree.state, [node]))
    named = [chr(n) for n in _numbers(node[1])]
    return [c for c in dict.fromkeys([*named, *ALPHABET]) if one.fullmatch(c)][:2] or ["a"]


def _numbers(argument: Any) -> Iterator[int]:
    if isinstance(argument, int) and not hasattr(argument, "name"):
        yield argument
    elif isinstance(argument, list | tuple):
        for part in argument:
            yield from _numbers(part)


# ---------------------------------------------------------------- tests
def seconds(pattern: re.Pattern[Any], parts: tuple[str, str, str], length: int) -> float:
    """Processor time of a search through a whole text, and of a match of all of it."""
    start, unit, end = parts
    text: Any = start + unit * (length // len(unit)) + end
    if isinstance(pattern.pattern, bytes):
        text = text.encode("latin-1", "replace")
    began = time.process_time()
    for _ in pattern.finditer(text):
        pass
    pattern.fullmatch(text)
    return time.process_time() - began


def tiring(pattern: re.Pattern[Any]) -> tuple[str, str, str] | None:
    """Return the first text that a pattern takes more than linear time for."""
    for parts in hostile(pattern):
        short = seconds(pattern, parts, LONG // 8)
        long = seconds(pattern, parts, LONG) if short <= BOUND else short
        if _is_slow(short, long):  # measured again, as a busy machine may have slowed one of them
            short = min(seconds(pattern, parts, LONG // 8) for _ in range(3))
            long = min(seconds(pattern, parts, LONG) for _ in range(3)) if short <= BOUND else short
        if _is_slow(short, long):
            return parts
    return None


def _is_slow(short: float, long: float) -> bool:
    return short > BOUND or long > max(FLOOR, RATIO * short)


PATTERNS = patterns()


@pytest.mark.parametrize("name", PATTERNS)
def test_time_is_linear(name: str) -> None:
    assert tiring(PATTERNS[name]) is None, PATTERNS[name].pattern


@pytest.mark.parametrize("pattern", [r"\d+x", r"\d{1,2}(?:,\d{2})+,\d{3}"])
def test_a_quadratic_pattern_fails(pattern: str) -> None:
    assert tiring(re.compile(pattern)) is not None


def test_patterns_are_found_wherever_they_are_held() -> None:
    modules = {name.split(" ")[0] for name in PATTERNS}
    places = ("sources.dates", "claims.times.rules", "claims.quantities.numerals", "alignment.gazetteer")
    assert modules.issuperset(places)
    assert len(PATTERNS) > 150

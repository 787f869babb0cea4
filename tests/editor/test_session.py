"""A session says of a draft what a run would, however the draft came about, and computes only what is new."""

from __future__ import annotations

import random
import tomllib
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import msgspec
import pytest
from newsroom import CASES, write_newsroom

from factcheck import check
from factcheck.config import Config
from factcheck.errors import UsageError
from factcheck.model import Report
from factcheck.report import render
from factcheck.session import Session

pytestmark = pytest.mark.usefixtures("loaded_models")
STORIES = tomllib.loads(CASES.read_text("utf-8"))
FACTS = [wording for story in STORIES.values() for fact in story["facts"] for wording in fact]


@pytest.fixture(scope="module")
def stories(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The newsroom, with the drafts moved out of the folders of their sources."""
    folder = tmp_path_factory.mktemp("newsroom")
    write_newsroom(folder)
    for draft in sorted(folder.glob("*/draft.md")):
        draft.rename(folder / f"draft-{draft.parent.name}.md")
    return folder


def told(report: Report) -> Any:
    """Return all that a report says, as JSON has it."""
    return msgspec.json.decode(render(report, "json", with_text=True))


# ---------------------------------------------------------------- the same report
@pytest.mark.slow
@pytest.mark.parametrize("name", STORIES)
def test_the_report_is_that_of_a_run(name: str, stories: Path) -> None:
    """All of it: the ids too, as long as no draft has the id of a source."""
    draft, sources = stories / f"draft-{name}.md", str(stories / name)
    config = Config(severities={"FC202": "error"}, trust=("Tidende",))
    text = draft.read_text("utf-8").replace("12", "21").replace("4", "5")
    session = Session([sources], config)
    for changed in (draft.read_text("utf-8"), text, f"---\ndate: 2026-01-09\n---\n\n{text}\n\n{text}"):
        draft.write_text(changed, "utf-8")
        expected = told(check([draft], against=[sources], config=config))
        assert told(session.check(str(draft), draft.read_bytes())) == expected
        # And once more, with everything kept.
        assert told(session.check(str(draft), draft.read_bytes())) == expected


@pytest.mark.slow
def test_what_could_not_be_read_is_told_in_the_order_of_a_run(stories: Path, tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text((stories / "ferry" / "1.md").read_text("utf-8"), "utf-8")
    (tmp_path / "b.md").write_text("", "utf-8")
    (tmp_path / "c.pdf").write_text("no PDF", "utf-8")
    draft = tmp_path / "drafts.jsonl"
    draft.write_text('{"id": "a", "text": "Six lifeboats came to the ferry."}\n{"id": "b"}\n', "utf-8")
    sources = [str(tmp_path / name) for name in ("a.md", "b.md", "c.pdf")]
    report = Session(sources, Config()).check(str(draft), draft.read_bytes())
    assert len(report.skipped) == 3
    assert told(report) == told(check([draft], against=sources, config=Config()))


def test_a_source_keeps_an_id_that_a_draft_has_too(tmp_path: Path) -> None:
    """A run gives the draft its id first; in a session the sources have theirs long since."""
    source = tmp_path / "source.md"
    source.write_text("---\nid: one\n---\n\nThe ferry had 212 passengers aboard.\n", "utf-8")
    draft = b"---\nid: one\n---\n\nThe ferry had 221 passengers aboard.\n"
    report = Session([str(source)], Config()).check("draft.md", draft)
    assert {d.role: d.id for d in report.documents} == {"source": "one", "draft": "one-2"}
    assert [f.rule for f in report.findings if f.primary.document == "one-2"] == ["FC302"]


@pytest.mark.parametrize("paths", [["nowhere"], ["empty"], []])
def test_sources_that_cannot_be_read(paths: list[str], tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(UsageError, match=r"no such file or folder|no source could be read"):
        Session([str(tmp_path / path) for path in paths], Config())


# ---------------------------------------------------------------- edits
# Reports are looked at after every so many edits, as by somebody who types fast, and compared less often.
EDITS, CHECKED, COMPARED = 1000, 4, 48
OTHERS = (
    "not", "about", "Ana Verrick", "Orvelt", "on Monday", "in 1998", "never", "percent", "Six", "the", "212",
    "passengers", "said", "3.4 million euros", "48,000", "1971", "no", "half", "😀", ",",
)  # fmt: skip


class Writer:
    """Somebody who edits a draft at random; the same seed makes the same edits."""

    def __init__(self, text: str, seed: int) -> None:
        self.text = text
        self._before: list[str] = []
        self._random = random.Random(seed)
        self._acts: Sequence[Callable[[], str]] = (
            *[self._word, self._figure, self._sentence] * 4, self._paragraph, self._twice, self._line,
            self._cut, self._undo, self._undo,
        )  # fmt: skip

    def edit(self) -> str:
        """Change something, and return the text."""
        if self._random.random() < 0.01:  # all is thrown away, and written anew from something older
            text, before = "", self._before
        else:
            text, before = self._random.choice(self._acts)(), [*self._before[-30:], self.text]
        self.text, self._before = text, before
        return text

    def _word(self) -> str:
        """Put in, take out or replace a word."""
        words = self.text.split(" ")
        at = self._random.randrange(len(words))
        words[at : at + self._random.randrange(2)] = self._random.choices(OTHERS, k=self._random.randrange(2))
        return " ".join(words)

    def _figure(self) -> str:
        digits = [i for i, c in enumerate(self.text) if c.isdigit()]
        if not digits:
            return self._sentence()
        at = self._random.choice(digits)
        return self.text[:at] + self._random.choice(["", "1", "7", "00"]) + self.text[at + 1 :]

    def _sentence(self) -> str:
        sentences = self.text.split(". ")
        at = self._random.randrange(len(sentences) + 1)
        sentences[at : at + self._random.randrange(2)] = [self._random.choice(FACTS).removesuffix(".")]
        return ". ".join(sentences)

    def _paragraph(self) -> str:
        paragraphs = self.text.split("\n\n")
        at = self._random.randrange(len(paragraphs) + 1)
        paragraphs[at:at] = [" ".join(self._random.choices(FACTS, k=3))]
        return "\n\n".join(paragraphs)

    def _twice(self) -> str:
        """Paste a paragraph twice."""
        paragraphs = self.text.split("\n\n")
        pasted = self._random.choice(paragraphs)
        return "\n\n".join([*paragraphs, pasted, pasted])

    def _line(self) -> str:
        at = self._random.randrange(len(self.text) + 1)
        return self.text[:at] + self._random.choice(["\n", "\n\n", " ", "\n# ", "\r\n"]) + self.text[at:]

    def _cut(self) -> str:
        """Take out whole paragraphs, so that the draft does not grow for ever."""
        paragraphs = self.text.split("\n\n")
        at = self._random.randrange(len(paragraphs))
        del paragraphs[at : at + max(1, len(paragraphs) - 6)]
        return "\n\n".join(paragraphs)

    def _undo(self) -> str:
        return self._random.choice(self._before[-3:]) if self._before else self.text


@pytest.mark.slow
def test_after_any_edits_the_report_is_that_of_a_new_session(stories: Path) -> None:
    """All of it but the figures of likeness.

    How texts are put into batches moves the last bits of a vector, so that their last digit may be another.
    """
    sources = [str(stories / name) for name in ("ferry", "election")]
    writer = Writer((stories / "draft-ferry.md").read_text("utf-8"), seed=20)
    session, fresh = Session(sources, Config()), Session(sources, Config())
    for number in range(1, EDITS + 1):
        text = writer.edit().encode()
        report = session.check("draft.md", text) if number % CHECKED == 0 else None
        if number % COMPARED == 0 and report:
            fresh.forget("draft.md")
            assert without_likeness(report) == without_likeness(fresh.check("draft.md", text)), number


def without_likeness(report: Report) -> Any:
    found = told(report)
    for pair in found["pairs"]:
        del pair["similarity"], pair["confidence"]
    return found


def test_an_edit_of_a_clause_counts_for_the_other_figures_of_its_sentence(tmp_path: Path) -> None:
    source = tmp_path / "one.txt"
    told = "The crew saved 12 sailors, and the captain {} 30 passengers in the hold.\n"
    source.write_text(told.format("found"), "utf-8")
    kept, fresh = (Session([str(source)], Config()) for _ in range(2))
    denied = told.format("did not find").encode()
    kept.check("draft.md", told.format("found").encode())
    assert kept.check("draft.md", denied) == fresh.check("draft.md", denied)


# ---------------------------------------------------------------- what is computed, and kept
@pytest.fixture
def session(stories: Path) -> Session:
    """The sources of one story, and a draft of it checked against them."""
    session = Session([str(stories / "ferry")], Config())
    session.check("draft.md", DRAFT.encode())
    return session


DRAFT = "\n\n".join(fact[0] for fact in STORIES["ferry"]["facts"]) + "\n"


@pytest.fixture
def work(session: Session, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The texts that the parser and the encoder of the session are given."""
    given: list[str] = []
    nlp, encode = session._engine.nlp, session._engine.encoder._encode

    class Parser:
        def pipe(self, texts: list[str], **options: Any) -> Any:
            given.extend(texts)
            return nlp.pipe(texts, **options)

    def encoded(texts: list[str]) -> Any:
        given.extend(texts)
        return encode(texts)

    monkeypatch.setattr(session._engine, "_nlp", Parser())
    monkeypatch.setattr(session._engine.encoder, "_encode", encoded)
    return given


def test_an_edit_costs_what_it_changes(session: Session, work: list[str]) -> None:
    session.check("draft.md", DRAFT.encode())
    assert work == []
    seven = DRAFT.replace("Six", "Seven")
    session.check("draft.md", seven.encode())
    # The value is masked, so that the encoder has seen the sentence before.
    assert work == ["Seven lifeboats came to the ferry."]
    work.clear()
    session.check("draft.md", seven.replace("ferry was", "old ship was").encode())
    parsed, *encoded = work
    assert parsed == "The old ship was built in 1998."
    assert encoded
    assert all("ship" in text for text in encoded)
    work.clear()
    session.check("draft.md", f"{seven}\n# A title\n\nNobody was hurt.\n\n{seven}".encode())
    parsed = {text for text in work if text.endswith(".")}
    assert parsed == {"The ferry was built in 1998.", "Nobody was hurt."}


def test_each_draft_is_kept_apart(session: Session, work: list[str]) -> None:
    session.check("other.md", DRAFT.encode())
    assert work
    work.clear()
    session.check("draft.md", DRAFT.encode())
    session.check("other.md", DRAFT.encode())
    assert work == []
    session.forget("draft.md")
    session.forget("never.md")
    session.check("other.md", DRAFT.encode())
    assert work == []
    session.check("draft.md", DRAFT.encode())
    assert work


def test_what_is_kept_survives_a_draft_that_cannot_be_read(session: Session, work: list[str]) -> None:
    """Front matter is broken while somebody types it."""
    broken = session.check("draft.md", f"---\ntitle: [\n---\n\n{DRAFT}".encode())
    assert broken.draft is None
    assert [s.path for s in broken.skipped] == ["draft.md"]
    assert session.check("draft.md", b"").draft is None
    session.check("draft.md", DRAFT.encode())
    assert work == []


@pytest.mark.slow
def test_only_what_is_present_is_kept(session: Session) -> None:
    writer = Writer(DRAFT, seed=21)
    for _ in range(30):
        session.check("draft.md", writer.edit().encode())
    session.check("draft.md", DRAFT.encode())
    kept, anew = session._kept["draft.md"]["draft.md"], Session(session.paths, Config())
    anew.check("draft.md", DRAFT.encode())
    expected = anew._kept["draft.md"]["draft.md"]
    assert kept.paragraphs.keys() == expected.paragraphs.keys()
    assert kept.rows.keys() == expected.rows.keys()
    assert kept.known.keys() == expected.known.keys()
    assert [len(kept.known[c]) for c in expected.known] == [len(rows) for rows in expected.known.values()]
    assert session._kept.keys() == {"draft.md"}


def test_only_drafts_that_a_file_holds_are_kept(session: Session) -> None:
    for number in range(5):
        line = f'{{"id": "{number}", "path": "wire/{number}", "text": "The ferry has {number} decks."}}\n'
        report = session.check("drafts.jsonl", line.encode() * 2)
        assert [d.id for d in report.documents if d.role == "draft"] == [str(number), f"{number}-2"]
    assert session._kept["drafts.jsonl"].keys() == {"wire/4"}


# ---------------------------------------------------------------- sources that change
def test_sources_that_change_come_or_go(tmp_path: Path) -> None:
    def write(name: str, text: str) -> None:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, "utf-8")

    def stale_after(change: Callable[[], object], *paths: Path) -> bool:
        session = Session([str(path) for path in paths], Config())
        assert not session.stale()
        change()
        return session.stale()

    folder, one = tmp_path / "wires", tmp_path / "wires" / "one.txt"
    write("wires/one.txt", "The ferry had 212 passengers aboard.")
    assert stale_after(lambda: write("wires/one.txt", "The ferry had 2,120 passengers aboard."), folder)
    assert stale_after(lambda: write("wires/two.txt", "Six lifeboats came to the ferry."), folder)
    assert not stale_after(lambda: write("wires/two.txt", "Ten lifeboats came to the ferry."), one)
    assert not stale_after(lambda: write("wires/.hidden.txt", "A note."), folder)
    assert stale_after(lambda: write("wires/deep/three.txt", "The ferry was built in 1998."), folder)
    assert stale_after((folder / "two.txt").unlink, folder)
    assert stale_after(one.unlink, one, folder / "deep" / "three.txt")


def test_a_source_that_changes_while_it_is_read_is_noticed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from factcheck import session as module

    source = tmp_path / "one.txt"
    source.write_text("The ferry had 212 passengers aboard.", "utf-8")
    read = module.read_articles

    def read_and_changed(*arguments: Any, **settings: Any) -> Any:
        found = list(read(*arguments, **settings))
        source.write_text("The ferry had 2,120 passengers aboard.", "utf-8")
        return iter(found)

    monkeypatch.setattr(module, "read_articles", read_and_changed)
    assert Session([str(source)], Config()).stale()

"""The reading room's journal: what was acknowledged is there, what was torn is told, what was undone does not hold."""

import os
import signal
import subprocess
import sys
import threading
from dataclasses import replace
from itertools import islice
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.codings.journal import (
    JOURNAL,
    Decision,
    Proposal,
    Words,
    append_decision,
    last_decision,
    read_journal,
    standing,
    with_places,
)
from corpus.errors import StudyError
from corpus.respondents.respondents_list import unlisted_respondents
from corpus.respondents.speakers import answering_speakers, build_turns
from corpus.settings import parse_settings
from corpus.transcripts import read_transcript
from corpus.transcripts.segments import split_segments

CONTEXT = Words(0, 34, "Qui siamo in tre e non basta mai.")
PASSAGE = Words(5, 18, "siamo in tre")


def code(theme="personale", coder="Anna", passage=PASSAGE, **more):
    where = {"transcript": "S01", "segment": "S01:0001", "context": CONTEXT}
    return Decision("code", coder, theme=theme, passage=passage, **where, **more)


def refuse(theme="personale", coder="Anna"):
    return Decision("refuse", coder, transcript="S01", segment="S01:0001", context=CONTEXT, theme=theme)


def said(folder):
    return [problem.say("en") for problem in read_journal(folder)[1]]


def test_decisions_come_back_as_they_were_made(tmp_path):
    made = (
        code(stance="problem", start=5, end=18, proposal=Proposal("rifiuti", "neutral")),
        refuse(),
        Decision("read", "Bruno", transcript="S01", segment="S01:0001", context=CONTEXT, draw="campione-01 a1b2c3"),
        Decision(
            "memo", "Anna", on="theme", ref="personale", text="Due righe,\nun'altra\u2028e «virgolette» \U0001f600"
        ),
        Decision("undo", "Anna", ref="x" * 32),
    )
    for decision in made:
        append_decision(tmp_path, decision)
    decisions, _ = read_journal(tmp_path)
    assert set(decisions) == set(made)
    assert [(each.file, each.line) for each in decisions] == [
        *((f"{JOURNAL}/anna.jsonl", line) for line in (1, 2, 3, 4)),
        (f"{JOURNAL}/bruno.jsonl", 1),
    ]


def test_a_study_without_a_journal_has_no_decisions(tmp_path):
    assert read_journal(tmp_path) == ((), ())
    assert standing(()) == () and last_decision((), "Anna") is None


@pytest.mark.parametrize(
    "coder", ["Anna", "ANNA  Bianchi", "con", "../../etc/passwd", "...", "李雷", "a" * 400, "Anna.txt"]
)
def test_any_name_has_a_journal_inside_the_study(tmp_path, coder):
    study = tmp_path / "studio"
    study.mkdir()
    append_decision(study, code(coder=coder))
    assert [each.coder for each in read_journal(study)[0]] == [coder]
    assert len(list((study / JOURNAL).glob("*.jsonl"))) == 1 and len(list(tmp_path.iterdir())) == 1


@pytest.mark.parametrize(
    ("decision", "lacks"),
    [
        (code(coder=" "), "name of who decides"),
        (code(theme=""), "`theme`"),
        (code(passage=None), "`passage`"),
        (Decision("read", "Anna", segment="S01:0001"), "`transcript`, `context`"),
        (Decision("memo", "Anna", on="passage", ref="S01:0001", text="Che dire?"), "`passage`"),
        (Decision("undo", "Anna"), "`ref`"),
    ],
)
def test_what_says_too_little_is_refused_before_it_is_written(tmp_path, decision, lacks):
    with pytest.raises(StudyError) as error:
        append_decision(tmp_path, decision)
    assert lacks in error.value.say("en")
    assert not (tmp_path / JOURNAL).exists()


def test_a_journal_that_leads_out_of_the_study_is_not_written(tmp_path):
    study = tmp_path / "studio"
    (study / "codings").mkdir(parents=True)
    (study / JOURNAL).symlink_to(tmp_path, target_is_directory=True)
    with pytest.raises(StudyError, match="non è stata salvata"):
        append_decision(study, code())
    assert not list(tmp_path.glob("*.jsonl"))


def test_a_disk_that_refuses_is_told_and_nothing_counts_as_saved(tmp_path, monkeypatch):
    def refuses(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", refuses)
    with pytest.raises(StudyError, match="No space left on device"):
        append_decision(tmp_path, code())


LINES = tuple(replace(code(theme=f"tema-{number}"), id=f"{number:032x}") for number in range(4))


@given(cut=st.integers(min_value=0), tail=st.binary(max_size=40).filter(lambda tail: b"\n" not in tail))
@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150)
def test_wherever_the_last_line_is_torn_the_others_stay_and_the_next_is_whole(tmp_path_factory, cut, tail):
    """The bytes end anywhere in the last line, perhaps with rubbish of the disk behind; then somebody goes on."""
    study = tmp_path_factory.mktemp("studio")
    for decision in LINES[:3]:
        append_decision(study, decision)
    path = study / JOURNAL / "anna.jsonl"
    whole, last = path.read_bytes()[:-1].rsplit(b"\n", 1)
    kept = last[: cut % len(last)] + tail
    path.write_bytes(whole + b"\n" + kept)
    torn = bool(kept.strip()) and kept != last
    assert read_journal(study)[0] == LINES[: 3 if kept == last else 2]
    assert len(said(study)) == int(torn)
    append_decision(study, LINES[3])
    decisions, problems = read_journal(study)
    assert decisions == (*LINES[:2], *(LINES[2:3] if kept == last else ()), LINES[3])
    assert [(problem.severity, problem.row) for problem in problems] == [("warning", 3)] * torn


def test_a_line_that_lost_its_end_alone_is_whole(tmp_path):
    append_decision(tmp_path, LINES[0])
    path = tmp_path / JOURNAL / "anna.jsonl"
    path.write_bytes(path.read_bytes()[:-1])
    append_decision(tmp_path, LINES[1])
    assert read_journal(tmp_path) == (LINES[:2], ())


def test_what_is_no_decision_is_named_with_its_line(tmp_path):
    append_decision(tmp_path, LINES[0])
    path = tmp_path / JOURNAL / "anna.jsonl"
    odd = [
        '["un", "elenco"]',
        '{"do": "vote", "coder": "Anna"}',
        '{"do": "undo", "coder": "Anna", "ref": "x"}',
        "",
        "ciao",
    ]
    path.write_text(path.read_text(encoding="utf-8") + "\n".join(odd), encoding="utf-8")
    decisions, problems = read_journal(tmp_path)
    assert decisions == LINES[:1]
    assert [(problem.severity, problem.row) for problem in problems] == [
        *(("error", row) for row in (2, 3, 4)),
        ("warning", 6),
    ]
    assert "`do`" in problems[1].say("en") and "`id`" in problems[2].say("en")


def test_a_copy_of_a_journal_adds_nothing_twice_and_loses_nothing(tmp_path):
    append_decision(tmp_path, LINES[0])
    path = tmp_path / JOURNAL / "anna.jsonl"
    path.with_name("anna (copia in conflitto).jsonl").write_bytes(path.read_bytes())
    append_decision(tmp_path, LINES[1])
    assert read_journal(tmp_path) == (LINES[:2], ())


@st.composite
def sessions(draw):
    """What two people do one after the other: codings, refusals, and takings back of anything at all."""
    made = []
    for number in range(draw(st.integers(0, 12))):
        coder = draw(st.sampled_from(["Anna", "anna ", "Bruno"]))
        do = draw(st.sampled_from(["code", "refuse", "remove", "undo", "undo"]))
        theme = draw(st.sampled_from("ab"))
        earlier = [each.id for each in made] or ["nessuna"]
        if do == "code":
            passage = draw(st.sampled_from([PASSAGE, CONTEXT]))
            decision = code(theme, coder, passage, stance=draw(st.sampled_from(["", "problem"])))
        elif do == "refuse":
            decision = refuse(theme, coder)
        else:
            decision = Decision(do, coder, ref=draw(st.sampled_from(earlier)))
        made.append(replace(decision, id=f"{number:032x}"))
    return made


def hold(session, upto):
    """Whether the decisions before `upto` hold, by the plainest rule: the last word on each of them counts."""
    return [each for each in session[:upto] if not is_taken_back(session, each)]


def is_taken_back(session, decision):
    later = session[session.index(decision) + 1 :]
    own = decision.coder.strip().casefold()
    against = [each for each in later if each.ref == decision.id and each.coder.strip().casefold() == own]
    return any(not is_taken_back(session, each) for each in against)


@given(sessions())
def test_any_decisions_and_undoings_leave_what_was_last_said(session):
    cells = {}
    for each in hold(session, len(session)):
        who = each.coder.strip().casefold()
        if each.do == "refuse":
            cells[who, each.theme] = {"no": each.id}
        elif each.do == "code":
            given_before = cells.setdefault((who, each.theme), {})
            given_before.pop("no", None)
            given_before[each.passage] = each.id
    expected = {id for decided in cells.values() for id in decided.values()}
    assert {each.id for each in standing(session)} == expected


@given(sessions())
def test_undoing_on_and_on_takes_back_everything_of_one_person_and_nothing_of_another(session):
    others = [each for each in session if each.coder == "Bruno"]
    decisions = list(session)
    steps = 0
    while (last := last_decision(decisions, "ANNA")) is not None:
        steps += 1
        decisions.append(Decision("undo", "Anna", ref=last.id))
    assert steps <= len(session)
    assert list(standing(decisions)) == list(standing(others))


def test_undoing_an_undoing_brings_back():
    first = code()
    undone = Decision("undo", "Anna", ref=first.id)
    again = Decision("undo", "Anna", ref=undone.id)
    assert standing((first, undone)) == ()
    assert standing((first, undone, again)) == (first,)


def test_what_another_person_takes_back_stays_and_is_told(tmp_path):
    first = code()
    append_decision(tmp_path, first)
    append_decision(tmp_path, Decision("remove", "Bruno", ref=first.id))
    assert standing(read_journal(tmp_path)[0]) == (first,)
    assert said(tmp_path) == [
        f"{JOURNAL}/bruno.jsonl, row 1: takes back a decision that is not in the journal, or another person's: it "
        "changes nothing"
    ]


WRITER = """
import sys
from pathlib import Path
from corpus.codings.journal import Decision, Words, append_decision
number = 0
while True:
    number += 1
    decision = Decision("memo", sys.argv[2], on="theme", ref="a", text="parole " * 2000 + str(number))
    append_decision(Path(sys.argv[1]), decision)
    print(decision.id, flush=True)
"""


@pytest.mark.parametrize("writers", [1, 2])
def test_a_killed_writer_loses_nothing_that_it_acknowledged(tmp_path, writers):
    """Two windows of one person write at once; both are killed in the middle, and somebody goes on afterwards."""
    command = [sys.executable, "-c", WRITER, str(tmp_path), "Anna"]
    root = Path(__file__).parents[3]
    running = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=root) for _ in range(writers)]
    acknowledged = [list(islice(writer.stdout, 5)) for writer in running]
    for writer in running:
        writer.send_signal(signal.SIGKILL)
    for writer, ids in zip(running, acknowledged, strict=True):
        rest, _ = writer.communicate(timeout=30)
        ids += [line for line in rest.splitlines(keepends=True) if len(line) == 33]
    append_decision(tmp_path, LINES[0])
    decisions, problems = read_journal(tmp_path)
    kept = {f"{each.id}\n" for each in decisions}
    assert set().union(*acknowledged) <= kept and decisions[-1] == LINES[0]
    assert len(problems) <= 1 and all(problem.severity == "warning" for problem in problems)


def test_threads_that_write_at_once_tear_no_line(tmp_path):
    def write(coder):
        for _ in range(20):
            append_decision(tmp_path, Decision("memo", coder, on="theme", ref="a", text="parole " * 3000))

    threads = [threading.Thread(target=write, args=(coder,)) for coder in ("Anna", "ANNA", "Bruno")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    decisions, problems = read_journal(tmp_path)
    assert len(decisions) == 60 and problems == ()


@pytest.fixture
def spoken(tmp_path):
    """One transcript with signs that are cleaned away, and its segments."""
    (tmp_path / "transcripts").mkdir()
    path = tmp_path / "transcripts" / "S01.txt"
    path.write_text("I: Come va?\nR: Qui siamo [pausa] in tre, e non basta mai. I sacchi passano il lunedì.\n", "utf-8")
    transcript = read_transcript(path, tmp_path, ())
    options = parse_settings({"study": {"title": "Prova"}})
    respondents, _ = unlisted_respondents(answering_speakers((transcript,), options))
    turns, _ = build_turns((transcript,), respondents, options)
    return transcript, split_segments(turns, (transcript,), options.segments)


def test_a_selection_is_kept_with_its_words_in_the_source(spoken):
    transcript, segments = spoken
    row = segments[segments["text"].str.contains("tre")].iloc[0]
    start = row["text"].index("siamo")
    end = row["text"].index("tre") + 3
    asked = Decision("code", "Anna", segment=row["segment"], start=start, end=end, theme="personale")
    placed = with_places(asked, segments, (transcript,))
    assert placed.transcript == "S01"
    assert placed.passage.text == transcript.source[placed.passage.start : placed.passage.end]
    assert placed.passage.text.startswith("siamo") and placed.passage.text.endswith("tre")
    assert placed.context == Words(row["start"], row["end"], transcript.source[row["start"] : row["end"]])
    whole = with_places(Decision("read", "Anna", segment=row["segment"]), segments, (transcript,))
    assert whole.passage == whole.context == placed.context


@pytest.mark.parametrize(("number", "start", "end"), [(99, 0, 3), (1, 3, 3), (1, 0, 999), (1, -1, 3)])
def test_a_selection_that_is_not_there_is_told(spoken, number, start, end):
    transcript, segments = spoken
    asked = Decision("code", "Anna", segment=f"S01:{number:04d}", start=start, end=end, theme="a")
    with pytest.raises(StudyError):
        with_places(asked, segments, (transcript,))


def test_a_memo_on_no_segment_has_no_place(spoken):
    transcript, segments = spoken
    memo = Decision("memo", "Anna", on="theme", ref="a", text="parole")
    assert with_places(memo, segments, (transcript,)) is memo

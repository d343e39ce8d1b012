"""Hostile and damaged files: refused with a reason in both languages, within bounded time and memory."""

import io
import json
import time
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.errors import StudyError
from corpus.transcripts import READERS, read_transcript, transcript_of
from corpus.transcripts.registry import MAX_BYTES
from tests.corpus.transcripts.writers import WRITERS, odt

TURNS = [("Intervistatrice", "Come va (davvero)?"), ("Sindaco", "Bene: è l'IMU, «direi»."), ("Intervistatrice", "Ah.")]


def written(ending: str) -> bytes:
    content = WRITERS[ending](TURNS)
    return content if isinstance(content, bytes) else content.encode()


def read_or_refuse(data: bytes, file: str) -> None:
    """A transcript whose turns lead back to its source, or a StudyError; any other exception fails the test."""
    try:
        transcript = transcript_of(data, file)
    except StudyError as error:
        assert error.say("it") and error.say("en")
        return
    for turn in transcript.turns:
        for at, source, length in turn.alignment.pieces:
            assert transcript.source[source : source + length] == turn.text[at : at + length]


@pytest.mark.parametrize("ending", sorted(READERS))
def test_damaged_files_are_read_or_refused(ending: str) -> None:
    seed = written(ending)
    places = st.integers(0, len(seed))
    junk = st.binary(max_size=8) | st.sampled_from(
        [b"\x00", b"{", b"<", b"[[", b"&a;", b"\\u-1?", b"99999999999", b'"', b"-"]
    )

    @settings(max_examples=25, deadline=None, database=None)
    @given(st.lists(st.tuples(places, places, junk), min_size=1, max_size=3))
    def damaged(changes: list[tuple[int, int, bytes]]) -> None:
        data = seed
        for start, end, put in changes:
            data = data[:start] + put + data[max(start, min(end, start + 40)) :]
        read_or_refuse(data, f"a{ending}")

    damaged()


@pytest.mark.parametrize("ending", [".docx", ".odt"])
def test_damaged_documents_inside_a_whole_archive(ending: str) -> None:
    with zipfile.ZipFile(io.BytesIO(written(ending))) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    name = "content.xml" if ending == ".odt" else "word/document.xml"
    body = members[name]

    @settings(max_examples=25, deadline=None, database=None)
    @given(st.integers(0, len(body)), st.integers(0, 30), st.binary(max_size=6) | st.just(b"<w:p><text:p>"))
    def damaged(start: int, length: int, put: bytes) -> None:
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w") as target:
            for member, data in {**members, name: body[:start] + put + body[start + length :]}.items():
                target.writestr(member, data)
        read_or_refuse(buffer.getvalue(), f"a{ending}")

    damaged()


DEEP = 50_000


@pytest.mark.parametrize(
    ("file", "data"),
    [
        ("a.json", b"[" * DEEP),
        ("a.json", json.dumps({"segments": [{"text": "a", "start": 1e308, "end": "x", "speaker": "A"}]}).encode()[:-2]),
        ("a.rtf", b"{\\rtf1 " + b"{" * DEEP),
        ("a.eaf", b"<ANNOTATION_DOCUMENT>" + b"<TIER>" * DEEP),
        (
            "a.eaf",
            b'<!DOCTYPE a [<!ENTITY b "c"><!ENTITY d "&b;&b;">]><ANNOTATION_DOCUMENT>&d;</ANNOTATION_DOCUMENT>',
        ),
        ("a.odt", odt("<text:span>" * 5_000 + "x" + "</text:span>" * 5_000)),
        ("a.txt", b"I: a" + bytes(9) + b"b\nR: c"),
        ("a.txt", "\n".join(f"S{number}: a" for number in range(100_000)).encode()),
        ("a.txt", b"R: " + b"bene " * 1_200_000),
        ("a.textgrid", b'"ooTextFile"\n"TextGrid"\n0\n9\n<exists>\n999999999999\n'),
        ("a.pdf", b"%PDF-1.7\n" + b"1 0 obj\n<<" * 20_000),
    ],
    ids=[
        "deep json",
        "cut json",
        "deep rtf",
        "deep xml",
        "entities",
        "deep odt",
        "nul",
        "speakers",
        "long",
        "tiers",
        "pdf",
    ],
)
def test_hostile_files_are_refused_soon(file: str, data: bytes) -> None:
    start = time.process_time()
    with pytest.raises(StudyError) as caught:
        transcript_of(data, file)
    assert caught.value.say("it") and caught.value.say("en")
    assert time.process_time() - start < 10


def test_archive_members_outside_the_folder_are_never_written(tmp_path: Path) -> None:
    buffer = io.BytesIO(written(".odt"))
    with zipfile.ZipFile(buffer, "a") as archive:
        archive.writestr("../../fuori.txt", "x")
    folder = tmp_path / "study" / "transcripts"
    folder.mkdir(parents=True)
    (folder / "a.odt").write_bytes(buffer.getvalue())
    assert len(read_transcript(folder / "a.odt", tmp_path / "study").turns) == 3
    assert [path.name for path in tmp_path.rglob("*.txt")] == []


def test_five_hundred_megabytes_are_refused_before_they_are_read(tmp_path: Path) -> None:
    folder = tmp_path / "transcripts"
    folder.mkdir()
    with (folder / "a.txt").open("wb") as file:
        file.truncate(500 * 2**20)  # a sparse file: it takes no room
    with pytest.raises(StudyError, match=f"troppo grande .500 MB, al massimo {MAX_BYTES // 2**20}."):
        read_transcript(folder / "a.txt", tmp_path)

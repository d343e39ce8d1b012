"""A server of the reading room in memory, for tests of its page: the answers of the real one, on an invented interview.

What the real one cannot be brought to do at will, this one does: it answers late, refuses, and is away.
"""

import json
from datetime import UTC, datetime
from functools import cached_property
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from urllib.parse import parse_qs, unquote, urlsplit

import jinja2

import outputs.reading
from outputs.words.sentences import templates

STATIC = Path(outputs.reading.__file__).parent / "static"
KINDS = {".js": "text/javascript", ".css": "text/css"}
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; media-src 'self'; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
THEMES = [
    ("personale", "Personale", "", "Chi lavora in comune"),
    ("risorse", "Risorse economiche", "", "I soldi del comune"),
    ("bandi", "Bandi", "risorse", "Soldi che si chiedono"),
    ("rifiuti", "Rifiuti", "", "Raccolta e decoro"),
]
STANCES = {"advantage": "vantaggio", "problem": "criticità", "proposal": "proposta", "neutral": "neutro"}
TALK = [
    ("I", "interviewer", ["Come siete messi in comune?"]),
    ("S", "respondent", ["Siamo in tre e non basta mai.", "Però la Giusi è brava 🙂 e copre due uffici."]),
    ("I", "interviewer", ["E i soldi?"]),
    ("S", "respondent", ["A settembre la cassa è già vuota.", "Con il bando abbiamo rifatto la scuola."]),
]


class FakeRoom:
    """The room of one study: interviews as lists of (speaker, role, sentences), and the decisions that came."""

    def __init__(self, interviews=None, language="it"):
        self.interviews = interviews or {"S01": TALK, "S02": TALK}
        self.language = language
        self.decisions = []
        self.fault = None  # (status, message) that every decision meets
        self.asked = []  # addresses
        self.sound = None  # a recording of S01, as bytes of a WAV file
        self.token = "token-of-the-test"
        self._server = None

    def start(self, port=0):
        self._server = ThreadingHTTPServer(("127.0.0.1", port), _handler(self))
        Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()
        return f"http://127.0.0.1:{self.port}/"

    @property
    def port(self):
        return self._server.server_address[1]

    def stop(self):
        self._server.shutdown()
        self._server.server_close()

    @property
    def standing(self):
        gone = {each["ref"] for each in self.decisions if each["do"] in ("undo", "remove")}
        return [each for each in self.decisions if each["id"] not in gone]

    def of(self, do):
        return [each for each in self.standing if each["do"] == do]

    def page(self):
        environment = jinja2.Environment(autoescape=True, undefined=jinja2.StrictUndefined)
        template = environment.from_string((STATIC / "room.html").read_text("utf-8"))
        words = templates("room", self.language)
        return template.render(
            w=words, language=self.language, title="Studio inventato", token=self.token, static="static"
        )

    @cached_property
    def turns(self):
        return {name: _turns(name, talk) for name, talk in self.interviews.items()}

    def study(self):
        return {
            "title": "Studio inventato",
            "language": self.language,
            "coders": ["Anna"],
            "themes": [
                {"code": code, "label": label, "parent": parent, "definition": about, "use_when": "", "number": number}
                | {"do_not_use_when": "", "color": ""}
                for number, (code, label, parent, about) in enumerate(THEMES)
            ],
            "stances": [{"code": code, "label": label} for code, label in STANCES.items()],
            "respondents": [{"id": name, "about": "classe: fino a 3.000"} for name in self.interviews],
            "transcripts": [
                {"id": name, "file": f"transcripts/{name}.txt", "respondents": [name], "read": {}, "sound": None}
                | {"segments": len(_spoken(turns))}
                for name, turns in self.turns.items()
            ],
            "run": None,
            "draws": [],
            "coder": "",
            "blind": False,
            "version": "1",
        }

    def transcript(self, name, coder, blind):
        own = [each for each in self.standing if each.get("segment", "").startswith(f"{name}:")]
        if blind:
            own = [each for each in own if each["coder"] == coder]
        first = f"{name}:0002"
        proposals = [
            {"segment": first, "start": 0, "end": 29, "theme": "personale", "stance": "problem"},
            {"segment": first, "start": 9, "end": 29, "theme": "risorse", "stance": "neutral"},
        ]
        return {
            "id": name,
            "file": f"transcripts/{name}.txt",
            "sound": "sound/0" if self.sound else None,
            "turns": self.turns[name],
            "proposals": [] if blind else [each | {"score": 0.81, "how": "network"} for each in proposals],
            "codings": [each | {"origin": "journal"} for each in own if each["do"] == "code"],
            "refused": [each for each in own if each["do"] == "refuse"],
            "read": [each for each in own if each["do"] == "read"],
            "memos": self.of("memo"),
            "conflicts": [] if blind else _conflicts(own),
        }

    def decide(self, decision):
        if self.fault:
            return self.fault[0], {"message": self.fault[1]}
        if decision["id"] in {each["id"] for each in self.decisions}:
            return HTTPStatus.OK, {"decision": decision, "changed": []}
        self.decisions.append(decision | {"at": datetime.now(UTC).isoformat()})
        return HTTPStatus.CREATED, {"decision": decision, "changed": [decision.get("segment")]}

    def answer(self, path, asked):
        name = unquote(path)
        coder = asked.get("coder", "")
        if name.startswith("transcripts/"):
            return self.transcript(name.split("/")[1].removesuffix(".json"), coder, asked.get("blind") == "1")
        answers = {
            "study.json": self.study,
            "queue.json": lambda: _queue(asked["kind"], self.turns),
            "search.json": lambda: _search(asked["q"], self.turns),
            "agreement.json": lambda: {
                "pairs": [
                    {"coders": ["Anna", "Bruno"], "segments": 12, "alpha": 0.71, "interval": [0.5, 0.86], "note": ""}
                ],
                "coders": [{"name": "Anna", "segments": 12, "codings": 9}],
            },
            "changes.json": lambda: {
                "at": len(self.decisions),
                "version": "1",
                "decisions": self.decisions[int(asked["after"]) :],
            },
            "run.json": lambda: {"state": "idle", "stage": "", "message": "", "report": None},
        }
        return answers[name]()


def _turns(name, talk):
    turns = []
    number = 0
    for place, (speaker, role, sentences) in enumerate(talk):
        segments = []
        for text in sentences:
            number += 1
            segments.append(
                {"id": f"{name}:{number:04d}", "text": text, "ms": place * 9000, "start": 0, "end": len(text)}
            )
        who = name if role == "respondent" else ""
        turns.append({"speaker": speaker, "role": role, "respondent": who, "ms": place * 9000, "segments": segments})
    return turns


def _spoken(turns):
    return [each for turn in turns if turn["respondent"] for each in turn["segments"]]


def _conflicts(decisions):
    found = []
    for coding in [each for each in decisions if each["do"] == "code"]:
        for other in decisions:
            same = other.get("theme") == coding["theme"] and other["segment"] == coding["segment"]
            if other["do"] == "refuse" and same and other["coder"] != coding["coder"]:
                sides = {coding["coder"]: coding["stance"], other["coder"]: "no"}
                found.append({"segment": coding["segment"], "theme": coding["theme"], "coders": sides})
    return found


def _queue(kind, turns):
    name = next(iter(turns))
    items = [
        {"segment": f"{name}:{number:04d}", "transcript": name, "why": "la macchina è incerta", "probability": 0.25}
        for number in (5, 2)
    ]
    return {"kind": kind, "items": items, "done": 0, "of": len(items)}


def _search(words, turns):
    lines = [
        {"transcript": name, "segment": each["id"], "speaker": turn["speaker"]}
        | dict(zip(("left", "match", "right"), each["text"].partition(words), strict=True))
        for name, spoken in turns.items()
        for turn in spoken
        for each in turn["segments"]
        if words in each["text"]
    ]
    return {"of": len(lines), "lines": lines}


def _handler(room):
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            address = urlsplit(self.path)
            room.asked.append(self.path)
            path = address.path.removeprefix("/")
            if not path:
                return self._send(room.page().encode(), "text/html; charset=utf-8")
            if path.startswith("static/"):
                file = STATIC / path.removeprefix("static/")
                return self._send(file.read_bytes(), KINDS[file.suffix])
            if path.startswith("sound/"):
                return self._send_part(room.sound)
            asked = {key: values[0] for key, values in parse_qs(address.query).items()}
            return self._send(json.dumps(room.answer(path, asked)).encode(), "application/json")

        def do_POST(self):
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])) or "{}")
            assert self.headers["X-Trama-Token"] == room.token
            status, answer = room.decide(body) if self.path == "/decisions" else (HTTPStatus.ACCEPTED, {})
            self._send(json.dumps(answer).encode(), "application/json", status)

        def _send(self, body, kind, status=HTTPStatus.OK):
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.send_header("Content-Security-Policy", POLICY)
            self.end_headers()
            self.wfile.write(body)

        def _send_part(self, whole):
            """A browser moves in a recording by asking for its parts."""
            first = int(self.headers.get("Range", "bytes=0-").removeprefix("bytes=").split("-")[0])
            self.send_response(HTTPStatus.PARTIAL_CONTENT)
            self.send_header("Content-Type", "audio/wav")
            self.send_header("Content-Range", f"bytes {first}-{len(whole) - 1}/{len(whole)}")
            self.send_header("Content-Length", str(len(whole) - first))
            self.end_headers()
            self.wfile.write(whole[first:])

        def log_message(self, *_):
            pass

    return Handler

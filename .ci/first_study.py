"""README's first study, line by line in a fresh folder as a new user would, and untouched studies of `trama init`.

The lines are README's own, so that it cannot promise what does not work. An editor that adds rows stands in for
$EDITOR, and `open` only looks whether there is something to open. Ends with 1 at the first thing that is not right.
"""

import csv
import json
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from urllib.request import HTTPCookieProcessor, ProxyHandler, build_opener

from docx import Document

ROOT = Path(__file__).resolve().parents[1]
HEADING = "## A first study in ten lines"
INTERVIEWS = {
    "Anna": "La mensa della scuola è cara, e chi ha tre figli la mensa non la paga più.",
    "Bruno": "Con la mensa va meglio da quando la fa il comune, ma i pasti arrivano freddi.",
}
THEME = "Mensa scolastica"
# What the editor adds to each table: the cells of the columns it knows, the others stay blank.
ROWS = {
    "respondents.csv": [{"respondent": name, "transcript": name} for name in INTERVIEWS],
    "codebook.csv": [
        {
            "code": "mensa",
            "label": THEME,
            "definition": "I pasti a scuola",
            "include_terms": "mensa|pasto",
        }
    ],
    "questionnaire.csv": [{"respondent": name} for name in INTERVIEWS],
}


def readme_commands() -> list[str]:
    """The lines of the block under README's heading, without their comments."""
    _, _, section = (ROOT / "README.md").read_text(encoding="utf-8").partition(HEADING)
    block = re.search(r"```\w*\n(.*?)```", section, re.DOTALL)
    if block is None:
        sys.exit(f"README.md has no block of commands under `{HEADING}`")
    lines = (re.sub(r"\s+#.*", "", line).strip() for line in block[1].splitlines())
    return [line for line in lines if line]


def edit(table: Path) -> None:
    """Add the rows of `table` to it, under its own headings; a table that is not there is begun."""
    rows = ROWS[table.name]
    text = table.read_text(encoding="utf-8-sig") if table.is_file() else ";".join(rows[0])
    heads = next(csv.reader(text.splitlines(), delimiter=";"))
    with table.open("w", encoding="utf-8", newline="") as file:
        file.write(text if text.endswith("\n") else f"{text}\n")
        writer = csv.DictWriter(file, heads, restval="", extrasaction="raise", delimiter=";")
        writer.writerows(rows)


def lay_out(folder: Path) -> dict[str, str]:
    """What a user has before the first line: Trama installed, interviews in Word, an editor; the environment for it."""
    (folder / ".venv").symlink_to(ROOT / ".venv")
    (folder / "interviews").mkdir()
    for name, words in INTERVIEWS.items():
        document = Document()
        for line in ("INTERVISTATRICE: Come va a scuola?", f"RISPONDENTE: {words}"):
            document.add_paragraph(line)
        document.save(str(folder / "interviews" / f"{name}.docx"))
    programs = folder / "programs"
    programs.mkdir()
    (programs / "open").write_text('#!/bin/sh\nexec test -s "$1"\n')
    (programs / "open").chmod(0o755)
    path = f"{programs}{os.pathsep}{os.environ['PATH']}"
    return os.environ | {"PATH": path, "EDITOR": f"{sys.executable} {Path(__file__).resolve()}"}


def look_into_room(command: str, folder: Path, environment: dict[str, str]) -> None:
    """Open the reading room, which stays until it is closed, load its page as a browser does, and close it."""
    print(f"$ {command}", flush=True)
    room = subprocess.Popen(
        ["bash", "-c", f"exec {command}"], cwd=folder, env=environment | {"BROWSER": "true"},
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
    )  # fmt: skip
    told = ""
    try:
        for line in room.stdout or ():
            told += line
            address = re.search(r"http://\S+", line)
            if address:
                browser = build_opener(ProxyHandler({}), HTTPCookieProcessor())
                page = browser.open(address[0], timeout=60).read().decode("utf-8")
                print(f"{len(page)} characters of its page", flush=True)
                return
    finally:
        room.terminate()
        room.wait(timeout=60)
    sys.exit(f"`{command}` told no address: {told}")


def do(command: str, folder: Path, environment: dict[str, str]) -> None:
    """Do one line; end where it does not end with 0."""
    if re.match(r"\S*trama read ", command):
        look_into_room(command, folder, environment)
        return
    print(f"$ {command}", flush=True)
    done = subprocess.run(
        ["bash", "-c", command], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    print(done.stdout + done.stderr, end="", flush=True)
    if done.returncode or "Traceback" in done.stdout + done.stderr:
        for details in folder.rglob(".trama/faults/*.txt"):
            print(details.read_text(encoding="utf-8"))
        sys.exit(f"`{command}` ended with {done.returncode}")


def faults_of(study: Path, transcripts: set[str], words: list[str]) -> Iterator[str]:
    """What is not right with the study's latest run: its report, its tables, what it was made of."""
    run = study / "runs" / "latest"
    report = (run / "rapporto.html").read_text(encoding="utf-8")
    manifest = json.loads((run / "manifest.json").read_text(encoding="utf-8"))
    if not report.rstrip().endswith("</html>"):
        yield "the report is not whole"
    yield from (f"the report lacks `{each}`" for each in words if each not in report)
    yield from (f"the run lacks the interview `{each}`" for each in transcripts - set(manifest["transcripts"]))
    if manifest["tally"]["errors"]:
        yield f"the run left something out: {manifest['problems']}"
    for name in ("tabelle.xlsx", "tabelle/temi.csv"):
        if not (run / name).is_file():
            yield f"the run lacks {name}"


def check(study: Path, transcripts: set[str], words: list[str]) -> None:
    """End where the study's latest run is not right."""
    if faults := list(faults_of(study, transcripts, words)):
        sys.exit(f"{study.name}: " + "; ".join(faults))


def main() -> None:
    """The README's lines, then the studies that `trama init` makes, untouched, in both languages."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        environment = lay_out(folder)
        for command in readme_commands():
            do(command, folder, environment)
        check(folder / "my-study", set(INTERVIEWS), [THEME, *INTERVIEWS])
        for language in ("it", "en"):
            for verb in ("init", "check", "run"):
                do(f".venv/bin/trama {verb} untouched-{language} --language {language}", folder, environment)
            check(folder / f"untouched-{language}", set(), [])


if __name__ == "__main__":
    if len(sys.argv) > 1:
        edit(Path(sys.argv[1]))
    else:
        main()

"""What tests look at, and change, in a study's folder."""

from pathlib import Path


def outputs(study: Path, run: str = "latest") -> dict[str, bytes]:
    """File -> bytes of a run, without the manifest, which holds times."""
    folder = study / "runs" / run
    files = [path for path in folder.rglob("*") if path.is_file() and path.name != "manifest.json"]
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def finished_runs(study: Path) -> list[str]:
    """The names of the finished runs, oldest first."""
    folder = study / "runs"
    return sorted(path.name for path in folder.iterdir() if not path.is_symlink()) if folder.is_dir() else []


def say_more(study: Path) -> None:
    """Somebody adds an answer to an interview."""
    with (study / "transcripts" / "S01.txt").open("a", encoding="utf-8") as transcript:
        transcript.write("\nSINDACA: Il personale manca sempre e le risorse non bastano per i servizi.\n")

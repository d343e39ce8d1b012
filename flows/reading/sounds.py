"""The recordings that lie beside the transcripts. Plays none."""

from pathlib import Path

from corpus.study import Study

ENDINGS = {".wav": "audio/wav", ".mp3": "audio/mpeg", ".m4a": "audio/mp4", ".ogg": "audio/ogg"}


def find_sounds(study: Study) -> dict[str, Path]:
    """Transcript -> the recording of the same name beside it; a link that leads out of the study is none."""
    home = study.folder.resolve()
    sounds = {}
    for transcript in study.interviews:
        path = study.folder / transcript.file
        beside = (path.with_suffix(ending) for ending in ENDINGS)
        recording = next((each for each in beside if each.is_file() and each.resolve().is_relative_to(home)), None)
        if recording is not None:
            sounds[transcript.id] = recording
    return sounds

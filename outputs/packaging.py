"""Office files (zip packages) with the same bytes for the same content. Room outputs; knows nothing of their inside."""

import io
import zipfile
from datetime import datetime
from pathlib import Path
from typing import Any

CREATED = datetime(2000, 1, 1)  # the run's manifest carries the real times; files that say the same must be the same
ZIP_TIME = (1980, 1, 1, 0, 0, 0)


def save_package(document: Any, path: Path, title: str, language: str) -> Path:
    """Save a python-docx document or python-pptx presentation with fixed properties and times. Raises OSError."""
    about = document.core_properties
    about.title = title
    about.author = "Trama"
    about.last_modified_by = "Trama"
    about.language = language
    about.created = about.modified = CREATED
    about.last_printed = CREATED
    about.revision = 1
    about.comments = ""
    about.keywords = ""
    held = io.BytesIO()
    document.save(held)
    with zipfile.ZipFile(held) as source, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            entry = zipfile.ZipInfo(name, ZIP_TIME)
            entry.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(entry, source.read(name))
    return path

"""Names out of a study before a flow does anything else with it, when the study asks for it."""

from pathlib import Path
from typing import Any

from prefect.utilities.annotations import quote

from corpus.pseudonyms.masking import Masked
from corpus.study import Study
from flows import stages


def without_originals(study: Study, pipeline: Any, folder: Path) -> Masked | None:
    """The study in `folder` with pseudonyms, None when its settings do not ask for them."""
    if not study.settings.privacy.pseudonyms:
        return None
    masked: Masked = stages.pseudonymise(quote(study), quote(pipeline), folder)
    return masked

"""Every small study of the covering set lives through: the other half, so that two processes share the work."""

import pytest

from tests.acceptance.small_studies import SmallStudy, covering_studies
from tests.acceptance.whole_studies import live_through


@pytest.mark.parametrize("study", covering_studies()[1::2], ids=str)
def test_a_small_study_lives_through(tmp_path, study: SmallStudy) -> None:
    live_through(study.write(tmp_path / "studio"))

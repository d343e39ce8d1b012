"""Every small study of the covering set lives through: half of the set here, half in test_more_small_studies."""

import pytest

from tests.acceptance.small_studies import SmallStudy, covering_studies
from tests.acceptance.whole_studies import live_through


@pytest.mark.parametrize("study", covering_studies()[::2], ids=str)
def test_a_small_study_lives_through(tmp_path, study: SmallStudy) -> None:
    live_through(study.write(tmp_path / "studio"))

"""Whether somebody is at a study is told by its lock, which ends with the process that holds it."""

from flows.study_lock import is_worked_on, study_lock


def test_a_study_is_worked_on_while_its_lock_is_held(tmp_path):
    assert not is_worked_on(tmp_path), "nobody ever was"
    with study_lock(tmp_path):
        assert is_worked_on(tmp_path)
    assert not is_worked_on(tmp_path)

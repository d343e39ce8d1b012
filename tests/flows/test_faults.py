"""What a machine runs out of is said in words; Trama's own faults pass as they are."""

import errno

import pytest

from corpus.errors import StudyError, study_error
from flows.faults import plain_faults


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), "pieno"),
        (OSError(errno.EDQUOT, "Disk quota exceeded"), "pieno"),
        (MemoryError(), "memoria"),
        (ImportError("x.so: failed to map segment: Cannot allocate memory"), "memoria"),
        (RuntimeError("can't start new thread"), "memoria"),
        (
            PermissionError(errno.EACCES, "Permission denied", "/studi/alfa/runs"),
            "permesso di leggere o scrivere «runs»",
        ),
    ],
)
def test_what_ran_out_is_said_with_what_to_do(tmp_path, error, said):
    with pytest.raises(StudyError, match=said), plain_faults(tmp_path):
        raise error


@pytest.mark.parametrize("error", [KeyError("x"), OSError(errno.ENOENT, "x"), study_error("x", "x")])
def test_other_exceptions_pass_unchanged(tmp_path, error):
    with pytest.raises(type(error)) as raised, plain_faults(tmp_path):
        raise error
    assert raised.value is error

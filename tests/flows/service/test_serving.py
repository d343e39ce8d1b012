"""What `trama serve` refuses before it starts anything."""

import fcntl
import os
import socket

import pytest

from corpus.errors import StudyError
from flows.service.environment import ServiceOptions
from flows.service.serving import serve


@pytest.fixture
def root(tmp_path):
    (tmp_path / "alfa").mkdir()
    (tmp_path / "alfa" / "study.toml").write_text("")
    return tmp_path


def _refused(options):
    with pytest.raises(StudyError) as refused:
        serve(options, lambda _address: pytest.fail("it was served"), print, lambda: True)
    return refused.value.say("it")


def test_a_port_in_use_is_said(root):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        assert "scegli un'altra porta con --port" in _refused(ServiceOptions(root, port=other.getsockname()[1]))


def test_a_folder_is_served_once(root):
    (root / ".trama").mkdir()
    lock = os.open(root / ".trama" / "service.lock", os.O_CREAT | os.O_RDWR)
    fcntl.flock(lock, fcntl.LOCK_EX)
    try:
        assert "è già servita da un altro `trama serve`" in _refused(ServiceOptions(root, port=1))
    finally:
        os.close(lock)

"""What may be served where, and what the processes are told."""

import pytest

from corpus.errors import StudyError
from flows.service.environment import ServiceOptions, checked, service_environment


@pytest.fixture
def root(tmp_path):
    (tmp_path / "alfa").mkdir()
    (tmp_path / "alfa" / "study.toml").write_text("")
    return tmp_path


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.1.10", "::"])
def test_another_address_needs_a_password(root, host):
    with pytest.raises(StudyError, match="TRAMA_PASSWORD"):
        checked(ServiceOptions(root, host=host))
    assert checked(ServiceOptions(root, host=host, password="gruppo:segreto")).host == host


@pytest.mark.parametrize("password", ["segreto", ":segreto", "gruppo:", ""])
def test_a_password_has_a_name_and_a_secret(root, password):
    with pytest.raises(StudyError, match="nome:segreto"):
        checked(ServiceOptions(root, password=password))


@pytest.mark.parametrize("wrong", [{"zone": "Europe/Brescia"}, {"host": "casa"}])
def test_what_cannot_be_is_said(root, wrong):
    with pytest.raises(StudyError):
        checked(ServiceOptions(root, **wrong))


def test_telemetry_is_off_and_the_home_is_the_folders_own(root):
    environment = service_environment(checked(ServiceOptions(root)))
    assert environment["PREFECT_SERVER_ANALYTICS_ENABLED"] == "false"
    assert environment["DO_NOT_TRACK"] == "1"
    assert environment["PREFECT_HOME"] == str(root / ".trama" / "prefect")
    assert "PREFECT_SERVER_API_AUTH_STRING" not in environment

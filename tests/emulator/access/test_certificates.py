"""The authority that clients trust, and whom it vouches for: as OpenSSL's client sees it."""

import logging
import ssl
import stat
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from duolect.access.certificates import CertificateAuthority, NoTls, data_folder


def shake_hands(authority, dialled, name=None):
    """Let a client that trusts the authority's certificate call ``name``; return the certificate it saw."""
    trusting = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    trusting.load_verify_locations(cadata=authority.certificate)
    trusting.verify_flags |= ssl.VERIFY_X509_STRICT
    there, back = ssl.MemoryBIO(), ssl.MemoryBIO()
    client = trusting.wrap_bio(back, there, server_hostname=name or dialled)
    server = authority.context(dialled).wrap_bio(there, back, server_side=True)
    for _ in range(3):
        for side in (client, server):
            try:
                side.do_handshake()
            except ssl.SSLWantReadError:
                continue
    return client.getpeercert()


@pytest.mark.parametrize(
    "name",
    [
        "ecs.aliyuncs.com",
        "vpc.cn-hangzhou.aliyuncs.com",
        "cvm.tencentcloudapi.com",
        "my_service",
        "localhost",
        "x" * 63 + ".example",
    ],
)
def test_a_client_that_names_a_host_gets_a_certificate_for_it(tmp_path, name):
    seen = shake_hands(CertificateAuthority(str(tmp_path)), "10.0.0.5", name)
    assert seen["subjectAltName"] == (("DNS", name),)


@pytest.mark.parametrize(
    ("dialled", "asked"), [("10.0.0.5", "10.0.0.5"), ("10.0.0.5", "127.0.0.1"), ("::1", "::1")]
)
def test_a_client_that_names_no_host_gets_one_for_the_address(tmp_path, dialled, asked):
    assert shake_hands(CertificateAuthority(str(tmp_path)), dialled, asked)


def test_another_host_is_not_vouched_for(tmp_path):
    with pytest.raises(ssl.SSLCertVerificationError, match="IP address mismatch"):
        shake_hands(CertificateAuthority(str(tmp_path)), "10.0.0.5", "10.0.0.6")


def test_an_authority_is_kept_and_each_name_has_one_certificate(tmp_path):
    first = CertificateAuthority(str(tmp_path))
    second = CertificateAuthority(str(tmp_path))
    assert first.certificate == second.certificate == (tmp_path / "ca.pem").read_text()
    assert shake_hands(first, "a.example") == shake_hands(first, "a.example")
    assert shake_hands(first, "a.example") != shake_hands(second, "a.example")


def test_where_one_is_kept_none_is_made(tmp_path, monkeypatch):
    first = CertificateAuthority(str(tmp_path)).certificate
    monkeypatch.setattr("duolect.access.signed_certificates.Authority.new", None)
    assert CertificateAuthority(str(tmp_path)).certificate == first


def test_only_its_owner_can_read_the_key_and_everyone_the_certificate(tmp_path):
    CertificateAuthority(str(tmp_path)).prepare()
    assert stat.S_IMODE((tmp_path / "ca-with-key.pem").stat().st_mode) == 0o600
    assert stat.S_IMODE((tmp_path / "ca.pem").stat().st_mode) == 0o644
    assert "PRIVATE" not in (tmp_path / "ca.pem").read_text()
    assert {path.name for path in tmp_path.iterdir()} == {"ca.pem", "ca-with-key.pem"}


def test_emulators_that_begin_at_once_agree(tmp_path):
    with ThreadPoolExecutor(8) as threads:
        made = set(threads.map(lambda _: CertificateAuthority(str(tmp_path)).certificate, range(8)))
    assert len(made) == 1


def test_a_file_system_without_links_will_do(tmp_path, monkeypatch):
    def refuse(*_):
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(Path, "hardlink_to", refuse)
    assert (
        CertificateAuthority(str(tmp_path)).certificate == CertificateAuthority(str(tmp_path)).certificate
    )


def test_a_certificate_that_was_lost_is_written_again(tmp_path):
    made = CertificateAuthority(str(tmp_path)).certificate
    (tmp_path / "ca.pem").write_text("something else")
    assert CertificateAuthority(str(tmp_path)).certificate == made
    (tmp_path / "ca.pem").unlink()
    CertificateAuthority(str(tmp_path)).prepare()
    assert (tmp_path / "ca.pem").read_text() == made


def test_nothing_is_made_before_it_is_needed(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    authority = CertificateAuthority()
    authority.prepare()
    assert list(tmp_path.iterdir()) == []
    assert authority.certificate
    assert (tmp_path / "duolect" / "ca.pem").exists()


def test_a_relativedata_folder_is_overlooked_as_its_specification_says(monkeypatch):
    monkeypatch.setenv("XDG_DATA_HOME", "somewhere")
    monkeypatch.setenv("HOME", "/home/me")
    assert data_folder() == Path("/home/me/.local/share/duolect")


def test_a_user_without_a_home_has_an_authority_that_is_not_kept(monkeypatch, caplog):
    def refuse():
        raise RuntimeError("Could not determine home directory.")

    monkeypatch.setenv("XDG_DATA_HOME", "")
    monkeypatch.setattr(Path, "home", refuse)
    assert shake_hands(CertificateAuthority(), "a.example")
    assert "lives until the emulator is stopped" in caplog.text


def test_where_the_users_own_folder_cannot_be_written_the_authority_is_not_kept(
    tmp_path, monkeypatch, caplog
):
    (tmp_path / "file").touch()
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "file"))
    authority = CertificateAuthority()
    assert shake_hands(authority, "a.example")
    (record,) = caplog.records
    assert record.levelno == logging.WARNING
    assert "lives until the emulator is stopped" in record.message


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "holds no certificate and key"),
        (b"-----BEGIN CERTIFICATE-----\nxxxx\n-----END CERTIFICATE-----\n", "holds no certificate and key"),
    ],
)
def test_a_damaged_authority_is_an_error_and_stays(tmp_path, content, reason):
    file = tmp_path / "ca-with-key.pem"
    file.write_bytes(content)
    with pytest.raises(NoTls, match=reason):
        CertificateAuthority(str(tmp_path)).certificate  # noqa: B018
    assert file.read_bytes() == content


def test_the_key_of_another_authority_is_an_error(tmp_path):
    for name in ("a", "b"):
        CertificateAuthority(str(tmp_path / name)).prepare()
    key = (tmp_path / "a" / "ca-with-key.pem").read_text().partition("-----BEGIN CERT")[0]
    file = tmp_path / "ca-with-key.pem"
    file.write_text(key + (tmp_path / "b" / "ca.pem").read_text())
    with pytest.raises(NoTls, match="holds no certificate and key"):
        CertificateAuthority(str(tmp_path)).certificate  # noqa: B018


def test_a_named_folder_that_cannot_be_written_is_an_error(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(NoTls, match="Not a directory"):
        CertificateAuthority(str(tmp_path / "file" / "folder")).prepare()


@pytest.mark.parametrize(
    "name", ["", ".", "a..b", "a b", "a@b", "*.example", "a" * 64, "a." * 127 + "aa", "é"]
)
def test_what_is_no_name_of_a_host_has_no_certificate(tmp_path, name):
    with pytest.raises(NoTls, match="is no name of a host"):
        CertificateAuthority(str(tmp_path)).context(name)


def test_the_names_that_clients_choose_do_not_fill_the_memory(tmp_path):
    authority = CertificateAuthority(str(tmp_path))
    for number in range(300):
        authority.context(f"host-{number}.example")
    assert authority.context.cache_info().currsize == 256


def test_one_that_is_off_vouches_for_nobody(tmp_path):
    authority = CertificateAuthority(str(tmp_path), off=True)
    authority.prepare()
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(NoTls, match="switched off"):
        authority.context("a.example")


def test_without_its_package_it_says_which(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "cryptography", None)
    monkeypatch.delitem(sys.modules, "duolect.access.signed_certificates", raising=False)
    with pytest.raises(NoTls, match=r"cryptography is not installed: pip install 'duolect\[tls\]'"):
        CertificateAuthority(str(tmp_path)).context("a.example")

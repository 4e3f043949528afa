from __future__ import annotations

import shlex
import sys

import pytest

from scheduler.caldav.credentials import Credentials, credentials
from scheduler.errors import PublishError
from scheduler.text import Language

SECRET = "s3cret 值班"  # noqa: S105
USER, PASSWORD = "SCHEDULER_CALDAV_USER", "SCHEDULER_CALDAV_PASSWORD"


def prints(code: str) -> str:
    return shlex.join([sys.executable, "-X", "utf8", "-c", code])


def test_nobody_without_a_user() -> None:
    assert credentials({}) is None


def test_the_environment_and_the_command_give_a_password() -> None:
    assert credentials({USER: "anna", PASSWORD: SECRET}) == Credentials("anna", SECRET)
    assert credentials({USER: "anna"}, prints(f"print({SECRET!r}); print('more')")) == Credentials(
        "anna", SECRET
    )


def test_no_repr_shows_it() -> None:
    assert SECRET not in repr(credentials({USER: "anna", PASSWORD: SECRET}))


@pytest.mark.parametrize(
    ("command", "why"),
    [
        (
            prints(f"import sys; print({SECRET!r}); print({SECRET!r}, file=sys.stderr); sys.exit(3)"),
            "status 3",
        ),
        (prints("print()"), "printed nothing"),
        (prints("import sys; sys.stdout.buffer.write(b's3cret\\xff')"), "no UTF-8"),
        ("/nonexistent/s3cret", "no such program"),
        ("", "no such program"),
        ("a 's3cret", "quotation marks"),
    ],
)
def test_a_command_that_fails_is_told_without_the_secret(command: str, why: str) -> None:
    with pytest.raises(PublishError, match=why) as failed:
        credentials({USER: "anna"}, command or " ")
    chain: BaseException | None = failed.value
    said = "".join(failed.value.say(language) for language in Language)
    assert "s3cret" not in said + repr(chain)
    assert failed.value.__suppress_context__


def test_the_command_is_seen_by_no_shell() -> None:
    assert credentials(
        {USER: "anna"}, prints("import sys; print(sys.argv[1])") + " '$HOME;x'"
    ) == Credentials("anna", "$HOME;x")


def test_a_user_needs_a_password_and_a_password_a_user(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.fail.Keyring")
    with pytest.raises(PublishError, match="no password for this user"):
        credentials({USER: "anna"})
    with pytest.raises(PublishError, match="no user"):
        credentials({PASSWORD: SECRET})


def test_the_keyring_is_asked_last() -> None:
    keyring = pytest.importorskip("keyring")
    from keyring.backend import KeyringBackend

    class Kept(KeyringBackend):
        priority = 1  # type: ignore[assignment]

        def get_password(self, service: str, username: str) -> str | None:
            return SECRET if (service, username) == ("duty-scheduler", "anna") else None

        def set_password(self, service: str, username: str, password: str) -> None: ...

        def delete_password(self, service: str, username: str) -> None: ...

    before = keyring.get_keyring()
    keyring.set_keyring(Kept())
    try:
        assert credentials({USER: "anna"}) == Credentials("anna", SECRET)
        assert credentials({USER: "anna", PASSWORD: "other"}) == Credentials("anna", "other")
    finally:
        keyring.set_keyring(before)

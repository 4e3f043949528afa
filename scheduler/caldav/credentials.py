"""Who we are to a server: from the environment, a command or the desktop's keyring; never shown."""

from __future__ import annotations

import shlex
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib import import_module, util

from scheduler.errors import PublishError
from scheduler.text import Text

USER = "SCHEDULER_CALDAV_USER"
PASSWORD = "SCHEDULER_CALDAV_PASSWORD"  # noqa: S105 - the name of a variable
SERVICE = "duty-scheduler"
"""What the keyring knows the password by, together with the user's name."""

_COMMAND_SECONDS = 60


@dataclass(frozen=True, slots=True)
class Credentials:
    """A user and a password, which no ``repr`` shows."""

    user: str
    password: str = field(repr=False)


def credentials(environment: Mapping[str, str], password_command: str | None = None) -> Credentials | None:
    """The credentials for a server; None if no user is set: the server may ask for none.

    The password is what the command prints, else the environment's, else the keyring's.

    Raises:
        PublishError: a user is set and no password is found, or the command failed.
    """
    user = environment.get(USER, "")
    if not user:
        if password_command or environment.get(PASSWORD):
            raise PublishError(_NO_USER, USER, Text(f"set {USER}", f"请设置环境变量 {USER}"))
        return None
    if password_command:
        return Credentials(user, _printed(password_command))
    password = environment.get(PASSWORD) or _from_keyring(user)
    if not password:
        raise PublishError(_NO_PASSWORD, USER, _WAYS)
    return Credentials(user, password)


def _printed(command: str) -> str:
    """The first line a command prints; no shell sees the command, and no message what it printed."""
    try:
        words = shlex.split(command)
        ran = subprocess.run(  # noqa: S603 - the person's own command
            words, capture_output=True, check=True, timeout=_COMMAND_SECONDS, stdin=subprocess.DEVNULL
        )
        line = ran.stdout.decode().split("\n", 1)[0].rstrip("\r")
    except subprocess.CalledProcessError as wrong:
        status = wrong.returncode
        why = Text(f"it ended with status {status}", f"其退出状态为 {status}")
    except subprocess.TimeoutExpired:
        why = Text(f"it took more than {_COMMAND_SECONDS} s", f"运行超过 {_COMMAND_SECONDS} 秒")
    except (OSError, IndexError):
        why = Text("there is no such program", "没有这个程序")
    except UnicodeDecodeError:
        why = Text("it printed no UTF-8 text", "其输出不是 UTF-8 文本")
    except ValueError:
        why = Text("its quotation marks do not match", "其引号不成对")
    else:
        if line:
            return line
        why = Text("it printed nothing", "其没有输出")
    failed = Text("the password command failed: {why}", "获取密码的命令失败：{why}").format(why=why)
    raise PublishError(failed, "--password-command") from None


def _from_keyring(user: str) -> str | None:
    if util.find_spec("keyring") is None:
        return None
    keyring = import_module("keyring")
    try:
        found: str | None = keyring.get_password(SERVICE, user)
    except import_module("keyring.errors").KeyringError:
        return None
    return found


_NO_USER = Text("a password is given and no user", "给出了密码，但没有用户名")
_NO_PASSWORD = Text("there is no password for this user", "该用户没有密码")
_WAYS = Text(
    f"set {PASSWORD}, give --password-command, or store it in the keyring under {SERVICE}",
    f"请设置环境变量 {PASSWORD}，或使用 --password-command，或以 {SERVICE} 为名存入系统密钥环",
)

"""The same as a timer of the user's systemd: two files of retain's own."""

import os
import subprocess
from hashlib import sha256
from pathlib import Path

from retain_cli.errors import BadConfiguration, NotPermitted
from retain_cli.notify.schedule import Schedule

_DAYS = ("Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat")
_SECONDS_TO_WAIT = 30


def units(schedule: Schedule) -> dict[Path, str]:
    """The two files and what stands in them."""
    name, folder = _name(schedule.database), _folder()
    days = ",".join(_DAYS[day] for day in schedule.days)
    hours = f"{schedule.at.hour:02}..{schedule.last_hour:02}"
    settings = "".join(f"Environment={_quoted(f'{key}={value}')}\n" for key, value in schedule.environment.items())
    command = " ".join(map(_quoted, schedule.command)).replace("$", "$$")
    about = "# Written by `retain cron install --systemd`.\n[Unit]\nDescription=retain: the list of the day{{}}\n\n"
    return {
        folder / f"{name}.service": about.format("")
        + f"[Service]\nType=oneshot\n{settings}ExecStart={command}\n"
        # 75: another run was sending.
        + "SuccessExitStatus=75\n",
        folder / f"{name}.timer": about.format(", every morning")
        + f"[Timer]\nOnCalendar={days} *-*-* {hours}:{schedule.at.minute:02}:00\nPersistent=true\n\n"
        + "[Install]\nWantedBy=timers.target\n",
    }


def installed(database: Path) -> dict[Path, str]:
    """The files of a database that are there."""
    paths = [_folder() / f"{_name(database)}{kind}" for kind in (".service", ".timer")]
    return {path: path.read_text(encoding="utf-8") for path in paths if path.is_file()}


def install(schedule: Schedule) -> bool:
    """Write the files and start the timer; whether anything was new."""
    wanted = units(schedule)
    is_new = installed(schedule.database) != wanted
    try:
        for path, text in wanted.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
    except OSError as problem:
        raise NotPermitted(f"{problem.filename} may not be written", "Check who owns its folder.") from problem
    _systemctl("daemon-reload")
    _systemctl("enable", "--now", f"{_name(schedule.database)}.timer")
    return is_new


def remove(database: Path) -> bool:
    """Stop the timer and take the files away; whether there were any."""
    paths = installed(database)
    if not paths:
        return False
    _systemctl("disable", "--now", f"{_name(database)}.timer")
    for path in paths:
        path.unlink(missing_ok=True)
    _systemctl("daemon-reload")
    return True


def _name(database: Path) -> str:
    """One name for each database, so that two shops have two timers."""
    return f"retain-notify-{sha256(os.fsencode(database)).hexdigest()[:8]}"


def _folder() -> Path:
    base = os.environ.get("XDG_CONFIG_HOME") or (os.environ.get("HOME", "") and f"{os.environ['HOME']}/.config")
    if not base:
        raise BadConfiguration("there is no home folder for timers", "Set HOME.", code="home-missing")
    return Path(base) / "systemd" / "user"


def _quoted(text: str) -> str:
    """A word as systemd.syntax(7) quotes it; % stands for something of systemd's own."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%") + '"'


def _systemctl(*words: str) -> None:
    try:
        done = subprocess.run(  # noqa: S603
            ["systemctl", "--user", *words],  # noqa: S607
            capture_output=True,
            timeout=_SECONDS_TO_WAIT,
            check=False,
        )
    except FileNotFoundError:
        raise BadConfiguration(
            "there is no program systemctl on this machine", "Leave --systemd away.", code="scheduler-missing"
        ) from None
    except (OSError, subprocess.TimeoutExpired) as problem:
        raise NotPermitted(f"systemctl could not be run ({type(problem).__name__})", "Try again.") from None
    if done.returncode:
        said = next(iter(done.stderr.decode(errors="replace").strip().splitlines()), "it said nothing")
        raise NotPermitted(f"systemctl --user {words[0]} failed: {said}", "Run the same command again.")

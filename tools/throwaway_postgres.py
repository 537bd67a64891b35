"""A PostgreSQL server of one's own, gone when the work is done.

    python -m tools.throwaway_postgres COMMAND...

runs the command with DATABASE_URL set to the server. It never uses a server that is already
there. PostgreSQL refuses to run as root, so root runs it as the user postgres.
"""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

# Nothing here outlives the tests, so nothing has to survive a power cut.
# A table of which the server counted the rows while a test had not committed any is taken for
# empty, and its joins become loops in loops: without a count it assumes some pages of rows.
FAST = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "autovacuum=off")


class ServerError(Exception):
    """The server could not be made or started; the message holds what PostgreSQL printed."""


def find_programs() -> Path:
    """Return the folder of initdb and pg_ctl: that on PATH, else the newest that Debian has.

    Raises ServerError if there is none.
    """
    if on_path := shutil.which("initdb"):
        return Path(on_path).resolve().parent
    installed = Path("/usr/lib/postgresql").glob("*/bin/initdb")
    newest = max(installed, key=lambda path: int(path.parts[-3]), default=None)
    if newest is None:
        raise ServerError("PostgreSQL's initdb was not found.")
    return newest.parent


@contextmanager
def signals_held() -> Iterator[None]:
    """Let what is begun be finished: a signal that comes meanwhile takes effect afterwards."""
    received: list[int] = []
    previous = {
        number: signal.signal(number, lambda number, frame: received.append(number))
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    }
    try:
        yield
    finally:
        for number, handler in previous.items():
            signal.signal(number, handler)
        for caught in received:
            signal.raise_signal(caught)


def run_as_owner(owner: str | None, command: Sequence[str], log: Path) -> None:
    as_owner = [shutil.which("runuser") or "/usr/sbin/runuser", "-u", owner, "--"] if owner else []
    # A file, not a pipe: the server keeps what it is given open for as long as it lives.
    with log.open("ab") as output:
        done = subprocess.run(
            [*as_owner, *command],
            check=False,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            cwd=log.parent,
            start_new_session=True,  # out of reach of the terminal's Ctrl-C
        )
    if done.returncode:
        raise ServerError(f"{command[0]} failed:\n{log.read_text(errors='replace')}")


def find_free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def start_server(programs: Path, owner: str | None, folder: Path) -> int:
    """Make a database cluster in the folder, start its server and return the port."""
    log = folder / "log"
    if owner:
        shutil.chown(folder, owner, owner)
    in_data = ["-D", str(folder / "data")]
    access = ["-A", "trust", "-U", "bcf", "--locale=C.UTF-8", "-E", "UTF8", "--no-sync"]
    run_as_owner(owner, [str(programs / "initdb"), *in_data, *access], log)
    port = find_free_port()
    options = [f"-p {port} -k {folder} -c listen_addresses=127.0.0.1"]
    options += [f"-c {setting}" for setting in FAST]
    start = [str(programs / "pg_ctl"), *in_data, "-w", "-o", " ".join(options), "start"]
    run_as_owner(owner, start, log)
    return port


def stop_server(programs: Path, owner: str | None, folder: Path) -> None:
    try:
        if (folder / "data/postmaster.pid").exists():
            stop = ["-D", str(folder / "data"), "-w", "-m", "immediate", "stop"]
            run_as_owner(owner, [str(programs / "pg_ctl"), *stop], folder / "log")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def throwaway_postgres() -> Iterator[str]:
    """Start a server on 127.0.0.1 and yield its DATABASE_URL; stop and remove it at the end."""
    programs = find_programs()
    owner = "postgres" if os.geteuid() == 0 else None
    folder = Path(tempfile.mkdtemp(prefix="bcf-postgres-"))
    try:
        with signals_held():
            port = start_server(programs, owner, folder)
        yield f"postgres://bcf@127.0.0.1:{port}/postgres"
    finally:
        with signals_held():
            stop_server(programs, owner, folder)


def run_to_the_end(command: Sequence[str], environment: dict[str, str]) -> int:
    """Run a command and return its exit code; it has ended when this returns or raises.

    Ctrl-C reaches the command by itself, so here it is only waited for.
    """
    with subprocess.Popen(command, env=environment) as process:
        try:
            return process.wait()
        except BaseException:
            process.send_signal(signal.SIGINT)
            try:
                process.wait(timeout=30)
            except subprocess.TimeoutExpired:
                process.kill()
            raise


def end_in_order_when_told() -> None:
    """Let SIGTERM and SIGHUP unwind the stack, so that what was started is stopped."""
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda number, frame: sys.exit(128 + number))


def main() -> int:
    end_in_order_when_told()
    if not sys.argv[1:]:
        sys.exit("Name the command to run: python -m tools.throwaway_postgres COMMAND...")
    try:
        with throwaway_postgres() as url:
            return run_to_the_end(sys.argv[1:], {**os.environ, "DATABASE_URL": url})
    except ServerError as error:
        sys.exit(str(error))
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main())

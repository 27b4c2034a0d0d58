"""What the suites need of the machine: PostgreSQL, Chromium, the data pack."""

import os
import re
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import psycopg

ROOT = Path(__file__).resolve().parent.parent

CHROMIUM_FLAGS = [
    "--no-sandbox",  # root in a container has no sandbox to enter
    "--disable-dev-shm-usage",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


def postgres_programs() -> Path | None:
    """The folder of initdb and postgres: the newest one of the distribution, or on the PATH."""
    chosen = os.environ.get("CENTRAL_POSTGRES_PROGRAMS")
    if chosen:
        return Path(chosen)
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=_version)
    if found:
        return found[-1].parent
    on_path = shutil.which("initdb")
    return Path(on_path).resolve().parent if on_path else None


def _version(initdb: Path) -> float:
    number = re.search(r"/postgresql/([\d.]+)/", str(initdb))
    return float(number[1]) if number else 0.0


def chromium() -> Path | None:
    """The distribution's Chromium, or the one named by CENTRAL_CHROMIUM."""
    chosen = os.environ.get("CENTRAL_CHROMIUM")
    names = [chosen] if chosen else ["chromium", "chromium-browser", "google-chrome"]
    found = (shutil.which(name) for name in names)
    return next((Path(path) for path in found if path), None)


def data_pack() -> Path | None:
    """The development data pack: CENTRAL_DATA_PACK, or beside the repository."""
    folder = Path(os.environ.get("CENTRAL_DATA_PACK") or ROOT.parent / "shared" / "data")
    return folder.resolve() if (folder / "SOURCES.md").is_file() else None


SUITES: dict[str, tuple[Callable[[], Path | None], str]] = {
    "postgres": (postgres_programs, "PostgreSQL is not installed (package postgresql)"),
    "browser": (chromium, "Chromium is not installed (package chromium)"),
    "pack": (data_pack, "the data pack is absent (set CENTRAL_DATA_PACK)"),
}


@dataclass
class PostgresServer:
    """A PostgreSQL cluster of the tests' own, thrown away at the end."""

    folder: Path
    port: int
    process: subprocess.Popen[bytes]
    made: int = 0

    def url(self, database: str) -> str:
        return f"postgresql://postgres@127.0.0.1:{self.port}/{database}"

    def create(self, template: str = "template0") -> str:
        """Make a database like `template`; returns its name."""
        self.made += 1
        name = f"central_{self.made}"
        self.run(f"create database {name} template {template} strategy file_copy")
        return name

    def drop(self, name: str) -> None:
        self.run(f"drop database if exists {name} with (force)")

    def run(self, statement: str) -> None:
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(statement)

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(timeout=30)
        shutil.rmtree(self.folder, ignore_errors=True)


def start_postgres(programs: Path) -> PostgresServer:
    """Make a cluster in a temporary folder and start it on a free port of this machine."""
    folder = Path(tempfile.mkdtemp(prefix="central-postgres-"))
    as_postgres = _as_postgres(folder)
    cluster = folder / "cluster"
    make = [programs / "initdb", "-D", cluster, "-U", "postgres", "-A", "trust"]
    subprocess.run(
        [*as_postgres, *make, "-E", "UTF8", "--locale=C", "--no-sync"],
        check=True,
        capture_output=True,
        cwd=folder,
    )
    port = free_port()
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(
            [*as_postgres, programs / "postgres", "-D", cluster, *_options(folder, port)],
            stdout=log,
            stderr=subprocess.STDOUT,
            cwd=folder,
        )
    server = PostgresServer(folder, port, process)
    _wait_until_ready(server)
    return server


def _as_postgres(folder: Path) -> list[str]:
    """PostgreSQL refuses to run as root: the account of the package runs it then."""
    if os.geteuid() != 0:
        return []
    shutil.chown(folder, "postgres")
    # setpriv replaces itself by the program, so that ending it ends the server.
    return ["setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups"]


def _options(folder: Path, port: int) -> list[str]:
    chosen = {
        "listen_addresses": "127.0.0.1",
        "port": str(port),
        "unix_socket_directories": str(folder),
        "max_connections": "200",
        # A power cut during the tests costs nothing.
        "fsync": "off",
        "synchronous_commit": "off",
        "full_page_writes": "off",
    }
    return [part for key, value in chosen.items() for part in ("-c", f"{key}={value}")]


def _wait_until_ready(server: PostgresServer) -> None:
    for _ in range(150):
        try:
            psycopg.connect(server.url("postgres"), connect_timeout=2).close()
        except psycopg.OperationalError:
            if server.process.poll() is not None:
                break
            time.sleep(0.1)
        else:
            return
    log = (server.folder / "log").read_text()
    server.stop()
    raise RuntimeError(f"PostgreSQL did not start:\n{log}")


def free_port() -> int:
    """A port of this machine that nobody listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]

"""`loype serve`: the pages and the API, by gunicorn with threads."""

import gc
import os
import socket
from pathlib import Path
from typing import Any

import click

from loype.cli import prepare
from loype.kernel.memory import keep_memory_together


@click.command(name="serve")
@click.option("--host", envvar="HOST", default="127.0.0.1", show_default=True)
@click.option("--port", envvar="PORT", default=8000, show_default=True, type=int)
@click.option("--workers", default=1, show_default=True, help="Processes, one for each core.")
@click.option("--threads", default=4, show_default=True, help="Requests at once in a process.")
@click.option("--reload", is_flag=True, help="Start anew when the code changes.")
@click.option("--access-log", is_flag=True, help="Write a line for each request.")
@click.option("--with-worker", is_flag=True, help="Run `loype worker` beside it.")
def command(*, with_worker: bool, host: str, port: int, **options: Any) -> None:
    """Serve the pages and the API."""
    if with_worker:
        from loype.cli.together import run_together

        run_together(serve_words(host=host, port=port, **options), ["worker"])
        return
    serve(host=host, port=port, **options)


def serve_words(
    *, host: str, port: int, workers: int, threads: int, reload: bool, access_log: bool
) -> list[str]:
    """The words of the `loype serve` command with these choices."""
    flags = ["--reload"] * reload + ["--access-log"] * access_log
    numbers = [f"--port={port}", f"--workers={workers}", f"--threads={threads}"]
    return ["serve", f"--host={host}", *numbers, *flags]


def serve(
    *, host: str, port: int, workers: int, threads: int, reload: bool, access_log: bool
) -> None:
    """Check the set-up, then serve until told to stop; the built-in database ends with the last."""
    keep_memory_together()  # decided for good when the first thread begins
    # One connection for each request at once, and one to spare.
    os.environ.setdefault("LOYPE_DB_POOL", str(threads + 1))
    _refuse_taken_address(host, port)
    prepare()
    from loype.config.database import stop

    _make_static_folder()
    _close_connections()
    server = _server(
        {
            "bind": f"[{host}]:{port}" if ":" in host else f"{host}:{port}",
            "worker_class": "gthread",
            "workers": workers,
            "threads": threads,
            # Loaded once and shared by the processes; a reloading server must load it itself.
            "preload_app": not reload,
            "reload": reload,
            "accesslog": "-" if access_log else None,
            "timeout": 60,
            "graceful_timeout": 20,
            "keepalive": 15,
            "control_socket_disable": True,
            # On a slow disk the heartbeat file of a process would make it look hung.
            "worker_tmp_dir": "/dev/shm" if Path("/dev/shm").is_dir() else None,
            "proc_name": "loype serve",
            "loglevel": "info" if access_log else "warning",
        }
    )
    click.echo(f"Løype answers at http://{_shown(host)}:{port}/ (stop it with Ctrl-C)")
    try:
        server.run()
    finally:
        stop(only_if_unused=True)


def _refuse_taken_address(host: str, port: int) -> None:
    """Say at once what gunicorn would say after five tries and in six lines."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except (OSError, OverflowError) as error:
            raise click.ClickException(
                f"Cannot listen at {host}, port {port} ({getattr(error, 'strerror', error)}): "
                "stop the program that uses it, or choose another with PORT=8001 and HOST=."
            ) from error


def _make_static_folder() -> None:
    """WhiteNoise warns where the folder for collected files is missing, though it may be empty."""
    from django.conf import settings

    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)


def _shown(host: str) -> str:
    if host in ("0.0.0.0", "::", ""):
        return "localhost"
    return f"[{host}]" if ":" in host else host


def _close_connections() -> None:
    """Let go of the database before the processes fork: a connection cannot be shared."""
    from django.db import connection, connections

    connections.close_all()
    if hasattr(connection, "close_pool"):
        connection.close_pool()


def _server(settings: dict[str, Any]) -> Any:
    from gunicorn.app.base import BaseApplication

    class Server(BaseApplication):  # type: ignore[misc,unused-ignore]
        """Gunicorn with our settings instead of a file's or a command line's."""

        def load_config(self) -> None:
            for name, value in settings.items():
                if value is not None:
                    self.cfg.set(name, value)

        def load(self) -> Any:
            from loype.config.wsgi import application

            # What is loaded by now stays for good: left alone by the collector, its memory stays
            # shared between the processes.
            gc.collect()
            gc.freeze()
            return application

    return Server()

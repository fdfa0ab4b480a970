"""The pages and the worker as one command, for the demo and for a small server."""

import ctypes
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from types import FrameType

PR_SET_PDEATHSIG = 1
LEAST_SECONDS = 2.0  # a worker that dies at once is not started over and over without a breath


def run_together(serve: Sequence[str], beside: Sequence[str]) -> None:
    """Run both until the pages end; a worker that dies is started again."""
    pages, worker = _start(serve), _start(beside)
    _pass_on_signals([pages])
    started_at = time.monotonic()
    try:
        while pages.poll() is None:
            if worker.poll() is not None and time.monotonic() - started_at > LEAST_SECONDS:
                worker, started_at = _start(beside), time.monotonic()
            time.sleep(0.2)
    finally:
        for process in (worker, pages):
            if process.poll() is None:
                process.terminate()
        for process in (worker, pages):
            process.wait()
    sys.exit(max(pages.returncode, 0))


def _start(words: Sequence[str]) -> subprocess.Popen[bytes]:
    # A session of its own: Ctrl-C reaches only this process, which then ends the others in order.
    command = [sys.executable, "-m", "loype.cli", *words]
    return subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        start_new_session=True,
        # Safe, because this process has no threads.
        preexec_fn=_end_with_parent if sys.platform == "linux" else None,  # noqa: PLW1509
    )


def _end_with_parent() -> None:
    """Ask Linux to end this process when its parent is killed, so that nothing is left behind."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def _pass_on_signals(processes: Sequence[subprocess.Popen[bytes]]) -> None:
    def end(_number: int, _frame: FrameType | None) -> None:
        for process in processes:
            process.terminate()

    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, end)

"""Run one command and print what it cost as JSON. Small on purpose: it is the parent whose memory is inherited.

Arguments: mode (`run`, `tty` or `ready`), a file for standard input, then the command.
`run` writes to /dev/null, `tty` gives it a pseudo-terminal, `ready` waits for the first prompt and ends it.
"""

import json
import os
import signal
import sys
import time


def cost(pid: int) -> tuple[float, float]:
    """CPU milliseconds and peak MiB of a living process."""
    with open(f"/proc/{pid}/stat", encoding="ascii") as file:
        fields = file.read().rsplit(")", 1)[1].split()
    tick = os.sysconf("SC_CLK_TCK")
    with open(f"/proc/{pid}/status", encoding="utf-8") as file:
        peak = next(int(line.split()[1]) / 1024 for line in file if line.startswith("VmHWM"))
    return (int(fields[11]) + int(fields[12])) * 1000 / tick, peak


def main() -> None:
    """See above."""
    mode, given, *command = sys.argv[1:]
    screen = None
    begun = time.perf_counter()
    if mode == "run":
        pid = os.fork()
        if pid == 0:
            os.dup2(os.open(given, os.O_RDONLY), 0)
            null = os.open("/dev/null", os.O_WRONLY)
            os.dup2(null, 1)
            os.dup2(null, 2)
            os.execv(command[0], command)
    else:
        import pty

        pid, screen = pty.fork()
        if pid == 0:
            os.environ["TERM"] = "xterm-256color"
            os.execv(command[0], command)
    if screen is not None:
        seen = b""
        while mode != "ready" or "›".encode() not in seen:
            try:
                part = os.read(screen, 65536)
            except OSError:
                break
            if not part:
                break
            if b"\x1b[6n" in part:  # the program asks where the cursor is
                os.write(screen, b"\x1b[1;1R")
            seen += part
        if mode == "ready":
            wall = time.perf_counter() - begun
            cpu, peak = cost(pid)
            os.kill(pid, signal.SIGKILL)
            os.waitpid(pid, 0)
            print(json.dumps({"wall": wall * 1000, "cpu": cpu, "peak": peak, "code": 0}))
            return
    _, status, used = os.wait4(pid, 0)
    wall = time.perf_counter() - begun
    cpu = (used.ru_utime + used.ru_stime) * 1000
    code = os.waitstatus_to_exitcode(status)
    print(json.dumps({"wall": wall * 1000, "cpu": cpu, "peak": used.ru_maxrss / 1024, "code": code}))


main()

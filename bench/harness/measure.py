"""Runs one program and says what it took; looks after the page cache and the disk around it."""
import os
import subprocess
import time


class Failed(Exception):
    """A measured program that ended badly; the message names its log."""


def run(arguments, log):
    """Runs a program to its end. Wall clock, processor time and peak resident memory of the whole process."""
    with open(log, "wb") as output:
        start = time.monotonic()
        child = subprocess.Popen([str(a) for a in arguments], stdout=output, stderr=subprocess.STDOUT)
        _, status, usage = os.wait4(child.pid, 0)
        seconds = time.monotonic() - start
        child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode != 0:
        raise Failed(f"{os.path.basename(str(arguments[0]))} ended with {child.returncode}; its log: {log}\n{tail(log)}")
    return {"seconds": round(seconds, 3), "cpu_seconds": round(usage.ru_utime + usage.ru_stime, 3),
            "peak_mb": round(usage.ru_maxrss / 1024, 1)}


def tail(log, lines=5):
    with open(log, encoding="utf-8", errors="replace") as text:
        return "".join(text.readlines()[-lines:])


def files_below(path):
    if os.path.isfile(path):
        return [path]
    return [os.path.join(folder, name) for folder, _, names in os.walk(path) for name in names]


def bytes_on_disk(*paths):
    """What the files at and below `paths` occupy, by blocks."""
    found = [f for path in paths if os.path.exists(path) for f in files_below(path)]
    return sum(os.lstat(f).st_blocks * 512 for f in found)


def warm(path):
    """Brings the files at and below `path` into the page cache."""
    for name in files_below(path):
        with open(name, "rb") as file:
            while file.read(1 << 22):
                pass


def drop_from_cache(path):
    """Takes the files at and below `path` out of the page cache."""
    for name in files_below(path):
        descriptor = os.open(name, os.O_RDONLY)
        try:
            os.fsync(descriptor)
            os.posix_fadvise(descriptor, 0, 0, os.POSIX_FADV_DONTNEED)
        finally:
            os.close(descriptor)


def settle():
    """Writes out what earlier runs left, so that the next does not pay for it."""
    os.sync()

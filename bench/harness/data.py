"""The simulated feeds, made once for each size and kept."""
import gzip
import os
import shutil
import struct
import subprocess

from harness import measure

FEEDS = ["case_events", "contact_events", "ctr_events"]
CASES_OF_FULL_SIZE = 800_000
DAYS = 730
NOW = "2026-06-30 00:00:00"  # the simulator's --until

# What one unit of scale takes on the disk, in GB, as simulated.
GB_PLAIN, GB_GZIP = 48.0, 4.4


class Data:
    """The feeds of one scale in one form, `days_times` as many days at the same rate."""

    def __init__(self, work, scale, form, days_times=1):
        self.scale, self.form, self.days_times = scale, form, days_times
        self.name = f"scale-{scale:g}" + (f"-days-{days_times}" if days_times != 1 else "")
        self.path = os.path.join(work, "data", f"{self.name}-{form}")
        self.reference = os.path.join(self.path, "reference")

    def gigabytes(self):
        return self.scale * self.days_times * (GB_GZIP if self.form == "gzip" else GB_PLAIN)

    def feed(self, feed):
        return os.path.join(self.path, feed)

    def pattern(self, feed):
        return os.path.join(self.path, feed, "*.ndjson" + (".gz" if self.form == "gzip" else ""))

    def exists(self):
        return os.path.exists(os.path.join(self.path, "complete"))

    def make(self, casebook):
        """Simulates the feeds unless they are there."""
        if self.exists():
            return
        shutil.rmtree(self.path, ignore_errors=True)
        if self.days_times == 1:
            size = ["--scale", f"{self.scale:g}"]
        else:
            size = ["--cases", str(round(CASES_OF_FULL_SIZE * self.scale) * self.days_times),
                    "--days", str(DAYS * self.days_times)]
        form = ["--gzip"] if self.form == "gzip" else []
        subprocess.run([casebook, "simulate", *size, "--seed", "1", *form, "--out", self.path], check=True,
                       stdout=subprocess.DEVNULL)
        for part in ("agent_events", "contact_lens", "junifer"):  # not of the three tables
            shutil.rmtree(os.path.join(self.path, part), ignore_errors=True)
        with open(os.path.join(self.path, "complete"), "w", encoding="utf-8"):
            pass

    def json_bytes(self, feed):
        """The size of a feed's JSON, unpacked."""
        return sum(unpacked_bytes(name) for name in measure.files_below(self.feed(feed)))


def unpacked_bytes(name):
    """A gzip file of one member ends with the size of its content."""
    if not name.endswith(".gz"):
        return os.path.getsize(name)
    with open(name, "rb") as file:
        file.seek(-4, os.SEEK_END)
        return struct.unpack("<I", file.read(4))[0]


def intake_events(work, casebook, data, count):
    """A file of `count` case events for intake: by turns of new cases and of those that `data` holds.

    The latter are events of the newest days under other ids, without the openings of cases.
    """
    path = os.path.join(work, "data", f"intake-{data.name}.ndjson")
    if os.path.exists(path):
        return path
    other = os.path.join(work, "data", "intake-other")
    shutil.rmtree(other, ignore_errors=True)
    subprocess.run([casebook, "simulate", "--cases", str(max(count // 8, 1000)), "--days", "60", "--seed", "2", "--out", other],
                   check=True, stdout=subprocess.DEVNULL)
    new = _lines(measure.files_below(os.path.join(other, "case_events")))
    known = (line.replace('"id":"', '"id":"again-', 1)
             for line in _lines(reversed(sorted(measure.files_below(data.feed("case_events"))))) if "CASE.CREATED" not in line)
    with open(path + ".part", "w", encoding="utf-8") as file:
        for _, a, b in zip(range(count // 2), new, known):
            file.write(a + b)
    shutil.rmtree(other)
    os.replace(path + ".part", path)
    return path


def _lines(names):
    for name in names:
        with (gzip.open if name.endswith(".gz") else open)(name, "rt", encoding="utf-8") as file:
            yield from file

"""From the start of `casebook query` to its end, beside DuckDB's command line with the least that it can do."""
import os
import subprocess
import time

from harness.data import NOW
from harness.questions import median
from harness.systems import DESCRIPTION

QUERY = "2_open_cases.sql"
# The newest command line on PyPI reads files of its own version, so the flat table is written in that form.
COPY = """import duckdb, sys
c = duckdb.connect()
c.execute("SET enable_progress_bar = false")
c.execute("ATTACH '%s' AS loaded (READ_ONLY)" % sys.argv[1])
c.execute("ATTACH '%s' AS flat (STORAGE_VERSION 'v1.2.0')" % sys.argv[2])
c.execute("CREATE TABLE flat.case_events AS FROM loaded.case_events")
"""


def flat_file(duckdb, out):
    """DuckDB's flat table in a file that its command line opens."""
    path = os.path.join(out, "flat.duckdb")
    if not os.path.exists(path):
        subprocess.run([duckdb.python, "-c", COPY, duckdb.target(out), path + ".part"], check=True)
        os.rename(path + ".part", path)
    return path


def compare(casebook, duckdb, data, pairs, out, say):
    """`pairs` runs of each, in turn, after one that is not counted."""
    ours = [casebook.casebook, "query", "--data", casebook.target(out), "--now", NOW.replace(" ", "T") + "Z", "-f",
            os.path.join(DESCRIPTION, QUERY)]
    theirs = [os.path.join(duckdb.environment, "bin", "duckdb"), flat_file(duckdb, out), "-c", "SELECT 1"]
    seconds = ([], [])
    for _ in range(pairs + 1):
        for arguments, taken in zip((ours, theirs), seconds):
            taken.append(seconds_of(arguments))
    result = {"scale": data.scale, "query": QUERY, "casebook_seconds": seconds[0][1:], "duckdb_seconds": seconds[1][1:]}
    say(line(result))
    return [result]


def seconds_of(arguments):
    start = time.perf_counter()
    subprocess.run(arguments, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - start


def line(result):
    ours, theirs = median(result["casebook_seconds"]), median(result["duckdb_seconds"])
    return f"start to end: casebook query {1000 * ours:.1f} ms, duckdb SELECT 1 {1000 * theirs:.1f} ms, ratio {ours / theirs:.2f}"

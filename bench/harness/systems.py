"""The systems that are measured: how each loads a feed, answers queries and gives checksums."""
import json
import os
import shutil
import subprocess

from harness import checksum, measure

BENCH = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
ROOT = os.path.dirname(BENCH)
DESCRIPTION = os.path.join(ROOT, "docs/queries/description")
ANALYST = os.path.join(ROOT, "docs/queries/analyst")


def output_of(arguments):
    return subprocess.run([str(a) for a in arguments], check=True, capture_output=True, text=True).stdout


class Casebook:
    name = "casebook"
    dialect = "casebook"

    def __init__(self, build):
        self.casebook = os.path.join(build, "casebook")
        self.timer = os.path.join(build, "time_queries")

    def version(self):
        return output_of(["git", "-C", ROOT, "rev-parse", "--short", "HEAD"]).strip()

    def target(self, out):
        return os.path.join(out, "casebook")

    def load(self, data, feeds, target, log):
        """Loads `feeds` by one command into a fresh folder; what it took, with the report of what was read."""
        shutil.rmtree(target, ignore_errors=True)
        took = measure.run([self.casebook, "ingest", "--data", target, "--format", "json", data.reference,
                            *[data.feed(feed) for feed in feeds]], log)
        took["disk_bytes"] = measure.bytes_on_disk(target)
        return took

    def query_files(self, names):
        return [os.path.join(DESCRIPTION if name[1] == "_" else ANALYST, name + ".sql") for name in names]

    def time(self, target, now, runs, names, more=()):
        """Seconds of each query: the first time and `runs` more, all in one process."""
        lines = output_of([self.timer, "--data", target, "--now", now.replace(" ", "T") + "Z", "--runs", runs, *more,
                           *self.query_files(names)])
        return {name: json.loads(line) for name, line in zip(names, lines.splitlines())}

    def answers(self, target, now, names):
        found = {}
        for name, file in zip(names, self.query_files(names)):
            rows = json.loads(output_of([self.casebook, "query", "--data", target, "--format", "json", "--now",
                                         now.replace(" ", "T") + "Z", "-f", file]))
            found[name] = [list(row.values()) for row in rows]
        return found

    def columns(self, target, table):
        rows = self._rows(target, "SELECT column_name, data_type FROM amazon_connect_enriched.INFORMATION_SCHEMA.COLUMNS "
                                  f"WHERE table_name = '{table}' ORDER BY ordinal_position")
        return [(row["column_name"], row["data_type"]) for row in rows]

    def checksums(self, target, table, columns, share):
        sql = checksum.checksum_sql(self.dialect, f"amazon_connect_enriched.{table}", table, columns, share)
        return list(self._rows(target, sql)[0].values())

    def _rows(self, target, sql):
        return json.loads(output_of([self.casebook, "query", "--data", target, "--format", "json", sql]))


class Peer:
    """A system with its own SQL in bench/peers/, run by run.py there."""

    def __init__(self, name, dialect, environment, package):
        self.name, self.dialect, self.package = name, dialect, package
        self.folder = os.path.join(BENCH, "peers", dialect)
        self.environment = environment
        self.python = os.path.join(environment, "bin", "python")

    def version(self):
        return output_of([self.python, "-c",
                          f"from importlib.metadata import version; print(version('{self.package}'))"]).strip()

    def target(self, out):
        return os.path.join(out, self.name)

    def load(self, data, feeds, target, log):
        """Loads one feed beside what `target` holds already."""
        (feed,) = feeds
        before = measure.bytes_on_disk(target, target + ".wal")
        scripts = [os.path.join(self.folder, feed + ".sql")]
        if feed == "case_events":
            scripts.insert(0, os.path.join(self.folder, "reference.sql"))
        took = measure.run([*self._run("load", target), data.pattern(feed), data.reference, *scripts], log)
        took["disk_bytes"] = measure.bytes_on_disk(target, target + ".wal") - before
        return took

    def remove(self, target):
        for path in (target, target + ".wal"):
            if os.path.isdir(path):
                shutil.rmtree(path)
            elif os.path.exists(path):
                os.remove(path)

    def time(self, target, now, runs, names):
        files = [os.path.join(self.folder, "queries", name + ".sql") for name in names]
        lines = output_of([*self._run("query", target), now, runs + 1, *files])
        return {name: json.loads(line) for name, line in zip(names, lines.splitlines())}

    def has(self, target, table):
        source = {"duckdb": f"(SELECT 1 FROM duckdb_tables() WHERE table_name = '{table}')",
                  "clickhouse": f"(SELECT 1 FROM system.tables WHERE database = 'bench' AND name = '{table}')"}[self.dialect]
        return os.path.exists(target) and self._row(target, f"SELECT count(*) FROM {source} AS t")[0] == "1"

    def checksums(self, target, table, columns, share):
        source = table if self.dialect == "duckdb" else f"bench.{table}"
        return self._row(target, checksum.checksum_sql(self.dialect, source, table, columns, share))

    def _row(self, target, sql):
        return json.loads(output_of([*self._run("sql", target), sql]))

    def _run(self, what, target):
        return [self.python, os.path.join(self.folder, "run.py"), what, target]


def peers(environments):
    return [Peer("duckdb", "duckdb", os.path.join(environments, "duckdb"), "duckdb"),
            Peer("duckdb-embedded", "duckdb", os.path.join(environments, "duckdb-embedded"), "duckdb"),
            Peer("clickhouse", "clickhouse", os.path.join(environments, "clickhouse"), "chdb")]

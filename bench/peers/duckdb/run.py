"""Runs DuckDB for the benchmark, one process a measurement.

  run.py load FILE INPUT REFERENCE SCRIPT...     runs the scripts on the database FILE
  run.py query FILE NOW RUNS SCRIPT...           asks each query RUNS times, prints one JSON line a query
  run.py sql FILE SQL                            prints the first row as JSON
"""
import json
import sys
import time
from decimal import Decimal

import duckdb

BUDGET, ENOUGH = 20, 4  # seconds for one query; how often it is asked all the same


def load(file, source, reference, *scripts):
    connection = duckdb.connect(file)
    connection.execute("SET preserve_insertion_order = false; SET enable_progress_bar = false")
    connection.execute(f"SET VARIABLE input = '{source}'")
    connection.execute(f"SET VARIABLE reference = '{reference}'")
    for script in scripts:
        with open(script, encoding="utf-8") as text:
            connection.execute(text.read())
    connection.close()


def plain(value):
    return float(value) if isinstance(value, Decimal) else str(value)


def query(file, now, runs, *scripts):
    connection = duckdb.connect(file, read_only=True)
    for script in scripts:
        with open(script, encoding="utf-8") as text:
            sql = text.read().replace("{now}", now)
        seconds, rows = [], []
        while len(seconds) < int(runs) and (len(seconds) < ENOUGH or sum(seconds) < BUDGET):
            start = time.perf_counter()
            rows = connection.execute(sql).fetchall()
            seconds.append(time.perf_counter() - start)
        print(json.dumps({"query": script, "seconds": seconds, "rows": len(rows), "answer": rows}, default=plain), flush=True)


def sql(file, text):
    print(json.dumps([str(value) if value is not None else None for value in
                      duckdb.connect(file, read_only=True).execute(text).fetchone()]))


if __name__ == "__main__":
    {"load": load, "query": query, "sql": sql}[sys.argv[1]](*sys.argv[2:])

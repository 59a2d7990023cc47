"""Runs ClickHouse (chDB) for the benchmark, one process a measurement.

  run.py load FOLDER INPUT REFERENCE SCRIPT...   runs the scripts on the database in FOLDER
  run.py query FOLDER NOW RUNS SCRIPT...         asks each query RUNS times, prints one JSON line a query
  run.py sql FOLDER SQL                          prints the first row as JSON
"""
import json
import sys
import time

from chdb import session

BUDGET, ENOUGH = 20, 4  # seconds for one query; how often it is asked all the same

SETTINGS = """SET date_time_input_format = 'best_effort', input_format_null_as_default = 1,
  input_format_json_defaults_for_missing_elements_in_named_tuple = 1,
  input_format_json_ignore_unknown_keys_in_named_tuple = 1, output_format_json_escape_forward_slashes = 0,
  max_insert_block_size = 1048576, min_insert_block_size_rows = 1048576, min_insert_block_size_bytes = 1073741824"""


def statements(script):
    with open(script, encoding="utf-8") as text:
        lines = [line for line in text.read().split("\n") if not line.startswith("--")]
    return [statement.strip() for statement in "\n".join(lines).split(";\n") if statement.strip()]


def open_session(folder):
    opened = session.Session(folder)
    opened.query(SETTINGS)
    return opened


def load(folder, source, reference, *scripts):
    opened = open_session(folder)
    for script in scripts:
        for statement in statements(script):
            opened.query(statement.rstrip(";").replace("{input}", source).replace("{reference}", reference))
    opened.close()


def query(folder, now, runs, *scripts):
    opened = open_session(folder)
    for script in scripts:
        text = statements(script)[0].rstrip(";").replace("{now}", now)
        seconds, answer = [], ""
        while len(seconds) < int(runs) and (len(seconds) < ENOUGH or sum(seconds) < BUDGET):
            start = time.perf_counter()
            answer = str(opened.query(text, "JSONCompactEachRow"))
            seconds.append(time.perf_counter() - start)
        rows = [json.loads(line) for line in answer.splitlines() if line]
        print(json.dumps({"query": script, "seconds": seconds, "rows": len(rows), "answer": rows}), flush=True)


def sql(folder, text):
    row = json.loads(str(open_session(folder).query(text, "JSONCompactEachRow")).splitlines()[0])
    print(json.dumps([str(value) if value is not None else None for value in row]))


if __name__ == "__main__":
    {"load": load, "query": query, "sql": sql}[sys.argv[1]](*sys.argv[2:])

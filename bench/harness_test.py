"""What the benchmark's own parts promise. Run by ctest, or: python3 -m unittest discover -s bench -p '*_test.py'"""
import gzip
import os
import sys
import tempfile
import unittest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from harness import checksum, data, measure, questions, report  # noqa: E402


def load_result(system, feed, seconds, **more):
    return {"system": system, "scale": 0.1, "form": "plain", "feed": feed, "run": 1, "seconds": seconds, "cpu_seconds": 2.0,
            "peak_mb": 100.0, "disk_bytes": 1000, "json_bytes": 10_000_000, "records": 10, **more}


class Checksum(unittest.TestCase):
    COLUMNS = [("id", "STRING"), ("account", "INT64")]

    def test_equal_answers_have_no_differences_whatever_their_type(self):
        self.assertEqual(checksum.differences(self.COLUMNS, [2, 2, 70, 0, None], ["2", "2", "70", "0", "0"]), [])

    def test_a_difference_names_its_column_and_kind(self):
        found = checksum.differences(self.COLUMNS, [2, 2, 70, 1, 5], [3, 2, 71, 2, 6])
        self.assertEqual(len(found), 3)
        self.assertTrue(found[0].startswith("rows"))
        self.assertTrue(found[1].startswith("id: content"))
        self.assertTrue(found[2].startswith("account: values"))

    def test_every_type_of_column_has_a_form_in_every_dialect(self):
        for kind in ("STRING", "INT64", "BOOL", "FLOAT64", "NUMERIC", "TIMESTAMP", "DATE", "JSON", "ARRAY<STRING>"):
            for dialect in ("casebook", "duckdb", "clickhouse"):
                self.assertIn("x", checksum.text_form(dialect, "x", kind))

    def test_a_share_takes_rows_by_their_key(self):
        whole = checksum.checksum_sql("duckdb", "t", "ctr_events", self.COLUMNS)
        self.assertNotIn("WHERE", whole)
        self.assertIn("substr(\"contactid\", 1, 1) = '0'", checksum.checksum_sql("duckdb", "t", "ctr_events", self.COLUMNS, 16))


class Statistics(unittest.TestCase):
    def test_median_and_95th_percentile(self):
        self.assertEqual(questions.median([3, 1, 2]), 2)
        self.assertEqual(questions.median([4, 1, 2, 3]), 2.5)
        self.assertEqual(questions.p95(list(range(1, 21))), 19)
        self.assertEqual(questions.p95([7]), 7)

    def test_answers_are_equal_in_any_order_and_by_the_value_of_numbers(self):
        self.assertTrue(questions.equal([["a", 1], ["b", None]], [["b", None], ["a", 1.0]]))
        self.assertFalse(questions.equal([["a", 1]], [["a", 2]]))
        self.assertFalse(questions.equal([["a", 1]], []))

    def test_only_queries_over_loaded_tables_are_asked(self):
        self.assertEqual(questions.askable(["case_events"]), questions.FIVE + ["38_goodwill_by_subject"])
        self.assertEqual(len(questions.askable(data.FEEDS)), 15)


class Measuring(unittest.TestCase):
    def test_a_run_says_what_it_took(self):
        with tempfile.TemporaryDirectory() as folder:
            took = measure.run([sys.executable, "-c", "x = bytearray(50 << 20)"], os.path.join(folder, "log"))
        self.assertGreater(took["peak_mb"], 50)
        self.assertGreater(took["cpu_seconds"], 0)
        self.assertGreaterEqual(took["seconds"], 0)

    def test_a_failed_run_shows_the_end_of_its_log(self):
        with tempfile.TemporaryDirectory() as folder:
            with self.assertRaisesRegex(measure.Failed, "no such table"):
                measure.run([sys.executable, "-c", "print('no such table'); exit(3)"], os.path.join(folder, "log"))

    def test_the_unpacked_size_of_a_file_is_that_of_its_content(self):
        with tempfile.TemporaryDirectory() as folder:
            plain, packed = os.path.join(folder, "a"), os.path.join(folder, "a.gz")
            with open(plain, "wb") as file:
                file.write(b"x" * 1000)
            with gzip.open(packed, "wb") as file:
                file.write(b"x" * 1000)
            self.assertEqual(data.unpacked_bytes(plain), 1000)
            self.assertEqual(data.unpacked_bytes(packed), 1000)


class Report(unittest.TestCase):
    def test_the_fastest_run_counts_and_peers_are_summed(self):
        best = report.best_loads([load_result("duckdb", "case_events", 3), load_result("duckdb", "case_events", 2),
                                  load_result("duckdb", "ctr_events", 1)])
        self.assertEqual(best[("duckdb", "case_events")]["seconds"], 2)
        self.assertEqual(best[("duckdb", "all")]["seconds"], 3)

    def test_a_ratio_is_against_the_faster_version_of_a_peer(self):
        best = report.best_loads([load_result("casebook", "ctr_events", 2), load_result("duckdb", "ctr_events", 6),
                                  load_result("duckdb-embedded", "ctr_events", 4)])
        self.assertEqual(report.ratios(best, "ctr_events"), {"DuckDB": 2.0})

    def test_columns_of_a_table_are_as_wide_as_their_widest_cell(self):
        lines = report.table(["name", "n"], [["a long name", "1"], ["b", "10"]]).split("\n")
        self.assertEqual(len({len(line) for line in lines}), 1)


if __name__ == "__main__":
    unittest.main()

"""The results as tables in Markdown."""
from harness.questions import median, p95

NAMES = {"casebook": "Casebook", "duckdb": "DuckDB", "duckdb-embedded": "DuckDB, as embedded", "clickhouse": "ClickHouse"}
FEED_ORDER = ["case_events", "contact_events", "ctr_events", "all"]


def markdown(results):
    parts = [_heading(results)]
    for scale, form in sorted({(r["scale"], r["form"]) for r in results["load"]}):
        parts.append(_load([r for r in results["load"] if (r["scale"], r["form"]) == (scale, form)], scale, form))
    parts += [_comparison(results["comparison"])] if results["comparison"] else []
    for size in sorted({(r["scale"], r["days_times"]) for r in results["queries"]}):
        parts.append(_queries([r for r in results["queries"] if (r["scale"], r["days_times"]) == size], *size))
    parts += [_start(r) for r in results["start"]]
    if results["not_run"]:
        parts.append("Not run:\n\n" + "\n".join(f"- {what}" for what in results["not_run"]))
    return "\n\n".join(parts) + "\n"


def _heading(results):
    machine = results["machine"]
    versions = ", ".join(f"{NAMES[name]} {version}" for name, version in results["versions"].items())
    return (f"{machine['processors']} processors ({machine['model']}), {machine['memory_mb'] / 1024:.0f} GB of memory; "
            f"load average before and after: {machine['load_average']:.1f}, {machine['load_average_after']:.1f}. {versions}.")


def best_loads(results):
    """The fastest run of each system and feed, and for peers the sum of their feeds as `all`."""
    best = {}
    for result in results:
        key = (result["system"], result["feed"])
        if key not in best or result["seconds"] < best[key]["seconds"]:
            best[key] = result
    feeds = {feed for _, feed in best if feed != "all"}
    for system in {system for system, _ in best}:
        parts = [best[key] for key in best if key[0] == system and key[1] in feeds]
        if (system, "all") not in best and len(feeds) > 1 and len(parts) == len(feeds):
            best[(system, "all")] = {"system": system, "feed": "all", "peak_mb": max(p["peak_mb"] for p in parts)} | {
                name: sum(p[name] for p in parts)
                for name in ("seconds", "cpu_seconds", "disk_bytes", "json_bytes", "records")}
    return best


def ratios(best, feed):
    """How many times the seconds of Casebook the faster DuckDB and ClickHouse take."""
    ours = best.get(("casebook", feed))
    found = {}
    for name, systems in (("DuckDB", ("duckdb", "duckdb-embedded")), ("ClickHouse", ("clickhouse",))):
        seconds = [best[(s, feed)]["seconds"] for s in systems if (s, feed) in best]
        if ours and seconds:
            found[name] = min(seconds) / ours["seconds"]
    return found


def _load(results, scale, form):
    best = best_loads(results)
    rows = []
    for feed in FEED_ORDER:
        for system in NAMES:
            if (system, feed) not in best:
                continue
            r = best[(system, feed)]
            rows.append([feed, NAMES[system], f"{r['seconds']:.2f}", f"{r['json_bytes'] / r['seconds'] / 1e6:.0f}",
                         f"{r['records'] / r['seconds'] / 1e3:.0f}", f"{r['cpu_seconds']:.1f}", f"{r['peak_mb']:.0f}",
                         f"{r['disk_bytes'] / r['records']:.0f}",
                         ", ".join(f"{v:.2f} x {k}" for k, v in ratios(best, feed).items()) if system == "casebook" else ""])
    title = f"Loading, {scale:g} of the description's size, {form}"
    return title + ":\n\n" + table(["feed", "loader", "seconds", "MB/s", "1,000 events/s", "CPU seconds", "peak MiB",
                                    "bytes an event", "Casebook's speed against"], rows)


def _comparison(results):
    lines = []
    for r in results:
        rows = "all rows" if r["share"] == 1 else "a sixteenth of the rows"
        said = "; ".join(r["differences"]) or "equal"
        lines.append(f"- {NAMES[r['system']]}, {r['feed']}, scale {r['scale']:g}: {r['columns']} columns, {rows}: {said}")
    return "Content against Casebook's:\n\n" + "\n".join(lines)


def _queries(results, scale, days_times):
    by_query = {}
    for r in results:
        by_query.setdefault(r["query"], {})[r["system"] + ("+" if r["under_intake"] else "")] = r
    systems = [s for s in ("casebook", "casebook+", "duckdb", "duckdb-embedded", "clickhouse")
               if any(s in answers for answers in by_query.values())]
    rows = []
    for query, answers in by_query.items():
        row = [query]
        for system in systems:
            if system not in answers:
                row.append("")
                continue
            r = answers[system]
            cold = f", {1000 * median(r['cold_seconds']):.0f} cold" if r["cold_seconds"] else ""
            differs = " (!)" if r.get("answer_is_equal") is False else ""
            row.append(f"{1000 * median(r['warm_seconds']):.1f} ({1000 * p95(r['warm_seconds']):.1f}){cold}{differs}")
        rows.append(row)
    heads = [NAMES[s] if s in NAMES else "Casebook under intake" for s in systems]
    title = f"Queries, {scale:g} of the description's size" + (f", {days_times} times the days" if days_times != 1 else "")
    return title + ", milliseconds: median (95th percentile) warm, median cold:\n\n" + table(["query", *heads], rows)


def _start(result):
    ours, theirs = median(result["casebook_seconds"]), median(result["duckdb_seconds"])
    return (f"From start to end, scale {result['scale']:g}, {len(result['casebook_seconds'])} pairs: `casebook query` of the "
            f"second query {1000 * ours:.1f} ms, `duckdb FILE -c 'SELECT 1'` {1000 * theirs:.1f} ms, {ours / theirs:.2f} times as long.")


def table(heads, rows):
    widths = [max(len(row[i]) for row in [heads, *rows]) for i in range(len(heads))]
    numeric = [all(row[i][:1].isdigit() for row in rows if row[i]) for i in range(len(heads))]

    def cells(row):
        return "| " + " | ".join(c.rjust(w) if n else c.ljust(w) for c, w, n in zip(row, widths, numeric)) + " |"

    rule = "| " + " | ".join("-" * (w - 1) + ":" if n else "-" * w for w, n in zip(widths, numeric)) + " |"
    return "\n".join([cells(heads), rule, *map(cells, rows)])

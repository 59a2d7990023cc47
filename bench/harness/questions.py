"""The five queries of the description and ten of the analysts', cold and warm."""
from harness import measure
from harness.data import NOW

FIVE = ["1_case_volume_by_day", "2_open_cases", "3_complaints", "4_complaints_by_subject", "5_cases_by_category"]
TEN = ["01_contacts_by_day_and_channel", "04_moving_average", "09_repeat_contacts", "11_service_level_by_queue",
       "13_abandonment_by_queue", "15_handle_time_by_queue", "18_queue_time_percentiles", "26_contact_event_funnel",
       "27_events_against_records", "38_goodwill_by_subject"]
TABLES = {"26_contact_event_funnel": ["contact_events"], "27_events_against_records": ["contact_events", "ctr_events"],
          "38_goodwill_by_subject": ["case_events"]}


def askable(feeds):
    """The queries whose tables are loaded."""
    needs = {**{name: ["case_events"] for name in FIVE}, **{name: ["ctr_events"] for name in TEN}, **TABLES}
    return [name for name in FIVE + TEN if all(table in feeds for table in needs[name])]


def ask(casebook, peers, data, feeds, runs, cold_runs, out, say):
    """Times of all queries with all systems, and whether the answers agree. One result a system and query."""
    names = askable(feeds)
    answers = casebook.answers(casebook.target(out), NOW, names)
    results = []
    for system in [casebook, *peers]:
        target = system.target(out)
        cold = {name: [cold_time(system, target, name) for _ in range(cold_runs)] for name in names}
        measure.warm(target)
        warm = system.time(target, NOW, runs, names)
        for name in names:
            result = {"system": system.name, "scale": data.scale, "days_times": data.days_times, "query": name,
                      "under_intake": False, "rows": warm[name]["rows"], "cold_seconds": cold[name],
                      "warm_seconds": warm[name]["seconds"][1:]}
            if system is not casebook:
                result["answer_is_equal"] = equal(answers[name], warm[name]["answer"])
                if not result["answer_is_equal"]:
                    say(f"{system.name}: another answer to {name}")
            results.append(result)
            say(line(result))
    return results


def cold_time(system, target, name):
    """In a new process, after its files were taken out of the page cache; opening them is not counted."""
    measure.drop_from_cache(target)
    return system.time(target, NOW, 0, [name])[name]["seconds"][0]


def ask_under_intake(casebook, data, runs, events, rate, out, say):
    """The five queries while `rate` of the case events in the file `events` come in each second, in the same process."""
    warm = casebook.time(casebook.target(out), NOW, runs, FIVE, ["--rate", rate, "--intake", events])
    results = []
    for name in FIVE:
        results.append({"system": casebook.name, "scale": data.scale, "days_times": data.days_times, "query": name,
                        "under_intake": True, "events_taken_in": warm[name]["events_taken_in"],
                        "rows": warm[name]["rows"], "cold_seconds": [], "warm_seconds": warm[name]["seconds"][1:]})
        say(line(results[-1]))
    return results


def median(values):
    ordered = sorted(values)
    middle = len(ordered) // 2
    return ordered[middle] if len(ordered) % 2 else (ordered[middle - 1] + ordered[middle]) / 2


def p95(values):
    """The smallest value that at least 95 of 100 do not exceed."""
    ordered = sorted(values)
    return ordered[-(-len(ordered) * 95 // 100) - 1]


def line(result):
    cold = f", cold {1000 * median(result['cold_seconds']):8.1f}" if result["cold_seconds"] else ""
    name = result["query"] + (" under intake" if result["under_intake"] else "")
    return (f"{result['system']:<16} {name:<42} {1000 * median(result['warm_seconds']):8.1f} ms, "
            f"p95 {1000 * p95(result['warm_seconds']):8.1f}{cold}")


def equal(ours, theirs):
    """Whether two answers hold the same rows, in any order; numbers to a millionth."""
    return sorted(map(_texts, ours)) == sorted(map(_texts, theirs))


def _texts(row):
    return [_text(value) for value in row]


def _text(value):
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value)
    try:
        return f"{float(value):.6f}"
    except (TypeError, ValueError):
        return str(value)

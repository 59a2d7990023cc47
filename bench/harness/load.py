"""Loads each feed with each system and compares what they came to."""
import json
import os
import shutil

from harness import checksum, measure


def load_feeds(casebook, peers, data, feeds, runs, out, say):
    """Each system loads each feed in a process of its own, in turn; `runs` times from the start. Results, one a load."""
    results = []
    os.makedirs(out, exist_ok=True)
    for run in range(1, runs + 1):
        for peer in peers:
            peer.remove(peer.target(out))
        for feed in feeds:
            json_bytes = data.json_bytes(feed)
            records = None
            for system in [casebook, *peers]:
                measure.settle()
                measure.warm(data.feed(feed))
                target = os.path.join(out, "casebook-" + feed) if system is casebook else system.target(out)
                log = os.path.join(out, f"{system.name}-{feed}.log")
                took = system.load(data, [feed], target, log)
                if system is casebook:
                    records = records_read(log, feed)
                    if len(feeds) > 1:
                        shutil.rmtree(target)
                result = {"system": system.name, "scale": data.scale, "form": data.form, "feed": feed, "run": run,
                          **took, "json_bytes": json_bytes, "records": records}
                results.append(result)
                say(line(result))
    if len(feeds) > 1:
        results.append(load_whole(casebook, data, feeds, out, say))
    else:
        shutil.rmtree(casebook.target(out), ignore_errors=True)
        os.rename(os.path.join(out, "casebook-" + feeds[0]), casebook.target(out))
    mark(out, feeds)
    return results


def load_whole(casebook, data, feeds, out, say):
    """All feeds by one command of Casebook; what the queries are asked of."""
    measure.settle()
    for feed in feeds:
        measure.warm(data.feed(feed))
    log = os.path.join(out, "casebook-all.log")
    took = casebook.load(data, feeds, casebook.target(out), log)
    result = {"system": casebook.name, "scale": data.scale, "form": data.form, "feed": "all", "run": 1, **took,
              "json_bytes": sum(data.json_bytes(feed) for feed in feeds),
              "records": sum(records_read(log, feed) for feed in feeds)}
    say(line(result))
    return result


def ensure_loaded(casebook, peers, data, feeds, out, say):
    """What the queries need, from an earlier run where it is there."""
    os.makedirs(out, exist_ok=True)
    if marked(out) == feeds and os.path.exists(casebook.target(out)):
        say(f"asking the tables of an earlier load of {data.name}")
    else:
        load_whole(casebook, data, feeds, out, say)
        mark(out, feeds)
    for peer in peers:
        for feed in feeds:
            if not peer.has(peer.target(out), feed):
                say(line({"system": peer.name, "feed": feed,
                          **peer.load(data, [feed], peer.target(out), os.path.join(out, f"{peer.name}-{feed}.log"))}))


def mark(out, feeds):
    with open(os.path.join(out, "loaded.json"), "w", encoding="utf-8") as file:
        json.dump(feeds, file)


def unmark(out):
    if os.path.exists(os.path.join(out, "loaded.json")):
        os.remove(os.path.join(out, "loaded.json"))


def marked(out):
    path = os.path.join(out, "loaded.json")
    if not os.path.exists(path):
        return None
    with open(path, encoding="utf-8") as file:
        return json.load(file)


def records_read(log, feed):
    """How many records of a feed `casebook ingest --format json` says that it read."""
    with open(log, encoding="utf-8") as text:
        content = text.read()
    report = json.loads(content[content.index("{"):content.rindex("}") + 1])
    return next((row["read"] for row in report["feeds"] if row["feed"] == feed), 0)


def line(result):
    rate = f"{result['json_bytes'] / result['seconds'] / 1e6:6.0f} MB/s, " if "json_bytes" in result else ""
    return (f"{result['system']:<16} {result['feed']:<15} {result['seconds']:8.2f} s, {rate}"
            f"{result['cpu_seconds']:8.2f} s of processors, {result['peak_mb']:6.0f} MB, "
            f"{result['disk_bytes'] / 1e6:6.0f} MB on disk")


def compare(casebook, peers, data, feeds, out, share, say):
    """Counts and checksums of all columns, Casebook against each peer; one result a feed and peer."""
    results = []
    for feed in feeds:
        columns = [c for c in casebook.columns(casebook.target(out), feed) if c[0] not in checksum.NOT_COMPARED
                   and c[0] not in checksum.NO_PEER_HAS.get(feed, {})]
        ours = casebook.checksums(casebook.target(out), feed, columns, share)
        for peer in peers:
            theirs = peer.checksums(peer.target(out), feed, columns, share)
            differences = checksum.differences(columns, ours, theirs)
            results.append({"system": peer.name, "scale": data.scale, "feed": feed, "columns": len(columns),
                            "rows": int(ours[0]), "share": share, "differences": differences})
            say(f"{peer.name:<16} {feed:<15} {len(columns)} columns of {ours[0]} rows: " + ("; ".join(differences) or "equal"))
    return results

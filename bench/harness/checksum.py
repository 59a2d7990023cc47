"""Checksums of a table's columns that do not depend on the order of its rows, in three dialects of SQL.

Of every value that is not NULL: its text in a common form, behind the row's key, hashed by MD5; the first 32 bits are
summed. So equal sums and equal counts mean equal values in equal rows. An empty list counts as no value, because
GoogleSQL does not tell them apart in a result.
"""

KEYS = {"case_events": "meta_event_id", "contact_events": "meta_event_id", "ctr_events": "contactid"}

# Columns that speak of the landing, not of the record, with the reason why they are not compared.
NOT_COMPARED = {
    "meta_received_at": "the time at which a program ran",
    "meta_enriched_landed_date": "the day on which a program ran",
    "meta_sequence": "the place in Casebook's log of raw records; peers keep none",
}

# Columns that no peer's SQL fills, with the reason.
NO_PEER_HAS = {
    "ctr_events": {"transcript": "comes from another feed, the analysed conversations"},
}


def text_form(dialect, name, kind):
    """The SQL that writes the column `name` of the GoogleSQL type `kind` as text; NULL stays NULL."""
    return getattr(_Forms, dialect)(name, kind)


class _Forms:
    @staticmethod
    def casebook(name, kind):
        column = f"`{name}`"
        return {
            "STRING": column,
            "INT64": f"CAST({column} AS STRING)",
            "BOOL": f"CAST(CAST({column} AS INT64) AS STRING)",
            "FLOAT64": f"CAST(CAST({column} * 1000000 AS INT64) AS STRING)",
            "NUMERIC": f"CAST(CAST({column} * 1000000 AS INT64) AS STRING)",
            "TIMESTAMP": f"CAST(UNIX_MICROS({column}) AS STRING)",
            "DATE": f"CAST({column} AS STRING)",
            "JSON": f"IF({column} IS NULL, NULL, TO_JSON_STRING({column}))",
            "ARRAY<STRING>": f"NULLIF(ARRAY_TO_STRING({column}, ','), '')",
        }[kind]

    @staticmethod
    def duckdb(name, kind):
        column = f'"{name}"'
        return {
            "STRING": column,
            "INT64": f"CAST({column} AS VARCHAR)",
            "BOOL": f"CAST(CAST({column} AS INTEGER) AS VARCHAR)",
            "FLOAT64": f"CAST(CAST({column} * 1000000 AS BIGINT) AS VARCHAR)",
            "NUMERIC": f"CAST(CAST({column} * 1000000 AS BIGINT) AS VARCHAR)",
            "TIMESTAMP": f"CAST(epoch_us({column}) AS VARCHAR)",
            "DATE": f"CAST({column} AS VARCHAR)",
            "JSON": f"CAST({column} AS VARCHAR)",
            "ARRAY<STRING>": f"nullif(array_to_string({column}, ','), '')",
        }[kind]

    @staticmethod
    def clickhouse(name, kind):
        column = f"`{name}`"
        return {
            "STRING": column,
            "INT64": f"toString({column})",
            "BOOL": f"toString(CAST({column} AS Nullable(UInt8)))",
            "FLOAT64": f"toString(CAST({column} * 1000000 AS Nullable(Int64)))",
            "NUMERIC": f"toString(CAST({column} * 1000000 AS Nullable(Int64)))",
            "TIMESTAMP": f"toString(toUnixTimestamp64Micro({column}))",
            "DATE": f"toString({column})",
            "JSON": column,
            "ARRAY<STRING>": f"nullIf(arrayStringConcat({column}, ','), '')",
        }[kind]


def _hash(dialect, key, text):
    return {
        "casebook": f"CAST(CONCAT('0x', SUBSTR(TO_HEX(MD5(CONCAT(`{key}`, '|', {text}))), 1, 8)) AS INT64)",
        "duckdb": f"CAST('0x' || substr(md5(\"{key}\" || '|' || {text}), 1, 8) AS BIGINT)",
        "clickhouse": "toInt64(reinterpretAsUInt32(reverse(substring(MD5(concat(assumeNotNull(`%s`), '|', %s)), 1, 4))))"
        % (key, text),
    }[dialect]


def checksum_sql(dialect, source, table, columns, share=1):
    """One query whose answer is one row: the count of rows, then count and sum of each of `columns`.

    `columns` are pairs of name and GoogleSQL type; `share` 16 takes only the rows whose key begins with a zero.
    """
    key = KEYS[table]
    quoted = f'"{key}"' if dialect == "duckdb" else f"`{key}`"
    parts = ["COUNT(*)"]
    for name, kind in columns:
        text = text_form(dialect, name, kind)
        parts += [f"COUNT({text})", f"SUM({_hash(dialect, key, text)})"]
    named = ", ".join(f"{part} AS c{i}" for i, part in enumerate(parts))
    where = f" WHERE substr({quoted}, 1, 1) = '0'" if share == 16 else ""
    return f"SELECT {named} FROM {source}{where}"


def differences(columns, ours, theirs):
    """What two answers of checksum_sql do not agree on, as a list of texts; empty if they are equal."""
    found = []
    if int(ours[0]) != int(theirs[0]):
        found.append(f"rows: {ours[0]} here, {theirs[0]} there")
    for i, (name, _) in enumerate(columns):
        a, b = ours[1 + 2 * i: 3 + 2 * i], theirs[1 + 2 * i: 3 + 2 * i]
        if [_number(v) for v in a] != [_number(v) for v in b]:
            what = "values" if _number(a[0]) != _number(b[0]) else "content"
            found.append(f"{name}: {what} {a[0]}/{a[1]} here, {b[0]}/{b[1]} there")
    return found


def _number(value):
    return 0 if value in (None, "") else int(value)

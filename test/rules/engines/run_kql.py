"""Runs KQL rules over rows with duckdb-kql.

Reads {"rules": {id: text}, "tables": {name: {column: type of DuckDB}}, "stories": {id: [{table: [row, ...]}, ...]},
"rowByRow": ids of rules that judge every row by itself, whose stories are run at once} from stdin. Writes {id: {"error": text} | {"spoke": [how often it spoke of each story]}} to
stdout.
"""

import ipaddress
import json
import re
import sys

import duckdb
import duckdb_kql
from duckdb_kql.translate import functions


def within(version):
    """Kusto's functions give null for an address of the other family."""

    def inside(address, prefixes):
        try:
            one = ipaddress.ip_address(address)
        except ValueError:
            return None
        if version == 4 and one.version != 4:
            return None
        networks = [ipaddress.ip_network(prefix) for prefix in json.loads(prefixes)]
        if version == 6 and one.version == 4:
            one = ipaddress.ip_address(f"::ffff:{one}")
        return any(one.version == network.version and one in network for network in networks)

    return inside


def engine():
    base = duckdb.connect()
    for version in (4, 6):
        name = f"ipv{version}_is_in_any_range"
        base.create_function(name, within(version), ["VARCHAR", "VARCHAR"], "BOOLEAN", null_handling="special")
        functions.SCALAR_FUNCTIONS[name] = functions.FunctionSpec(name, "udf", name + "({0}, CAST({1} AS VARCHAR))", (2,))
    return base


def fill(base, tables, stories):
    """Puts the rows of stories, each with its number, into their tables."""
    for name, columns in tables.items():
        rows = [[row.get(one) for one in columns] + [at] for at, story in stories for row in story.get(name, [])]
        base.execute(f'DELETE FROM "{name}"')
        if rows:
            marks = ", ".join(f"({', '.join('?' for _ in row)})" for row in rows)
            base.execute(f'INSERT INTO "{name}" VALUES {marks}', [value for row in rows for value in row])


def spoke(base, text, tables, stories, is_row_by_row):
    # A parser of Sentinel is a function there and a table here.
    query = re.sub(r"\b(_Im_[A-Za-z]+)\(\)", r"\1", text)
    names = {name: [*columns, "Story"] for name, columns in tables.items() if name in query}
    used = {name: tables[name] for name in names}
    sql = str(duckdb_kql.to_sql(query, schema=names))
    numbered = list(enumerate(stories))
    told = [0] * len(stories)
    for some in [numbered] if is_row_by_row else [[one] for one in numbered]:
        fill(base, used, some)
        found = base.execute(f'SELECT "Story", count(*) FROM ({sql}) GROUP BY 1' if is_row_by_row else sql).fetchall()
        if is_row_by_row:
            for at, count in found:
                told[at] = count
        else:
            told[some[0][0]] = len(found)
    return told


def main():
    asked = json.load(sys.stdin)
    base = engine()
    for name, columns in asked["tables"].items():
        kinds = ", ".join(f'"{one}" {kind}' for one, kind in columns.items())
        base.execute(f'CREATE TABLE "{name}" ({kinds}, "Story" INTEGER)')
    told = {}
    for name, text in asked["rules"].items():
        try:
            told[name] = {"spoke": spoke(base, text, asked["tables"], asked["stories"][name], name in asked["rowByRow"])}
        except Exception as error:  # whatever the engine says of a rule is its verdict
            told[name] = {"error": f"{type(error).__name__}: {error}"}
    json.dump(told, sys.stdout)


main()

"""Runs Sigma rules over rows with pySigma's SQLite backend.

Reads one JSON document from stdin: {"rules": {id: text of a rule file}, "classes": [{"logsource": {...}, "class": name}],
"stories": {id: [[row, ...], ...]}}; a row is an object with the fields of the rules, `timestamp` (ISO 8601) and `class`.
Writes {id: {"error": text} | {"spoke": [how often it spoke of each story]}} to stdout.
"""

import json
import sqlite3
import sys

from sigma.backends.sqlite import sqliteBackend
from sigma.collection import SigmaCollection
from sigma.processing.conditions import LogsourceCondition
from sigma.processing.pipeline import ProcessingItem, ProcessingPipeline
from sigma.processing.transformations import AddConditionTransformation


def pipeline_of(classes):
    return ProcessingPipeline(
        items=[
            ProcessingItem(
                transformation=AddConditionTransformation({"class": one["class"]}),
                rule_conditions=[LogsourceCondition(**one["logsource"])],
            )
            for one in classes
        ]
    )


def quoted(name):
    return '"' + name.replace('"', '""') + '"'


def table_of(rows, columns):
    base = sqlite3.connect(":memory:")
    base.execute("PRAGMA case_sensitive_like = 0")
    base.execute(f"CREATE TABLE logs ({', '.join(quoted(one) + ' COLLATE NOCASE' for one in columns)})")
    values = [[row.get(one) for one in columns] for row in rows]
    base.executemany(f"INSERT INTO logs VALUES ({', '.join('?' for _ in columns)})", values)
    return base


def run(text, stories, classes, columns):
    rules = SigmaCollection.from_yaml(text)
    correlations = any("correlation" in type(rule).__name__.lower() for rule in rules.rules)
    queries = sqliteBackend(processing_pipeline=pipeline_of(classes)).convert(rules)
    query = queries[-1].replace("<TABLE_NAME>", "logs") if correlations else queries[0].replace("<TABLE_NAME>", "logs")
    spoke = []
    for rows in stories:
        base = table_of(rows, columns)
        add_functions(base)
        spoke.append(len(base.execute(query).fetchall()))
        base.close()
    return {"spoke": spoke, "query": query}


def add_functions(base):
    import ipaddress
    import re

    def within(prefix, address):
        try:
            one, network = ipaddress.ip_address(address), ipaddress.ip_network(prefix)
            return int(one.version == network.version and one in network)
        except (ValueError, TypeError):
            return 0

    base.create_function("cidr_match", 2, within)
    base.create_function("REGEXP", 2, lambda pattern, text: text is not None and re.search(pattern, str(text)) is not None)


def main():
    asked = json.load(sys.stdin)
    columns = sorted({key for stories in asked["stories"].values() for rows in stories for row in rows for key in row})
    columns = sorted(set(columns) | set(asked["columns"]) | {"timestamp", "class"})
    told = {}
    for name, text in asked["rules"].items():
        try:
            told[name] = run(text, asked["stories"][name], asked["classes"], columns)
        except Exception as error:  # whatever the engine says of a rule is its verdict
            told[name] = {"error": f"{type(error).__name__}: {error}"}
    json.dump(told, sys.stdout)


main()

"""Runs EQL rules over rows with the eql package.

Reads {"rules": {id: text}, "stories": {id: [[row, ...], ...]}} from stdin; a row is {"category": event.category, "at": milliseconds,
"event": nested fields}. Writes {id: {"error": text} | {"spoke": [how often it spoke of each story]}} to stdout.
"""

import ipaddress
import json
import sys

import eql
from eql import PythonEngine, functions, parser



class CidrMatch(functions.CidrMatch):
    """The engine's own reads IPv4 alone; Elasticsearch's reads both, and IPv4 written as IPv6 as what it is."""

    @classmethod
    def get_callback(cls, _, *prefixes):
        networks = [ipaddress.ip_network(one.value) for one in prefixes]

        def callback(source, *_):
            try:
                address = ipaddress.ip_address(source)
            except ValueError:
                return False
            address = getattr(address, "ipv4_mapped", None) or address
            return any(address.version == one.version and address in one for one in networks)

        return callback

    @classmethod
    def validate(cls, arguments):
        return None


functions._registry["cidrMatch"] = CidrMatch
functions._registry["cidrmatch"] = CidrMatch


def spoke(query, rows):
    found = []
    engine = PythonEngine({"flatten": False})
    engine.add_query(query)
    engine.add_output_hook(found.append)
    # The engine counts in 100 nanoseconds.
    engine.stream_events([eql.Event(one["category"], one["at"] * 10_000, one["event"]) for one in rows], finalize=True)
    return len(found)


def main():
    asked = json.load(sys.stdin)
    told = {}
    for name, text in asked["rules"].items():
        try:
            body = "\n".join(line for line in text.split("\n") if not line.startswith("// "))
            with parser.elasticsearch_syntax, parser.allow_runs:
                query = parser.parse_query(body)
            told[name] = {"spoke": [spoke(query, rows) for rows in asked["stories"][name]]}
        except Exception as error:  # whatever the engine says of a rule is its verdict
            told[name] = {"error": f"{type(error).__name__}: {error}"}
    json.dump(told, sys.stdout)


main()

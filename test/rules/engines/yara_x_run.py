"""Runs YARA rules over samples with YARA-X.

Reads {"rules": text, "samples": {name: bytes in base64}} from stdin; writes {"warnings": [codes], "spoken": {name: [names of rules]}}
to stdout. Rules that it cannot read end it with an error.
"""

import base64
import json
import sys

import yara_x

question = json.load(sys.stdin)
compiler = yara_x.Compiler()
compiler.add_source(question["rules"])
warnings = [one["code"] for one in compiler.warnings()]
scanner = yara_x.Scanner(compiler.build())
spoken = {
    name: [rule.identifier for rule in scanner.scan(base64.b64decode(sample)).matching_rules]
    for name, sample in question["samples"].items()
}
json.dump({"warnings": warnings, "spoken": spoken}, sys.stdout)

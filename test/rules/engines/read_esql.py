"""Reads ES|QL queries with esql-parser, whose grammar is Elasticsearch's own.

Reads {"rules": {id: text}} from stdin. Writes {id: [fault, ...]} to stdout, each as "line L:C what", in the order of the text.
"""

import json
import sys

from antlr4 import CommonTokenStream, InputStream
from antlr4.atn.PredictionMode import PredictionMode
from antlr4.error.ErrorListener import ErrorListener
from esql_parser.EsqlBaseLexer import EsqlBaseLexer
from esql_parser.EsqlBaseParser import EsqlBaseParser


class Faults(ErrorListener):
    def __init__(self):
        self.told = []

    def syntaxError(self, recognizer, symbol, line, column, message, error):
        self.told.append((line, column, message))


def faults(text):
    told = Faults()
    lexer = EsqlBaseLexer(InputStream(text))
    parser = EsqlBaseParser(CommonTokenStream(lexer))
    for one in (lexer, parser):
        one.removeErrorListeners()
        one.addErrorListener(told)
    # As in Elasticsearch's own EsqlParser; what SLL reads, LL reads too, and it takes less time.
    parser._interp.predictionMode = PredictionMode.SLL
    parser.buildParseTrees = False
    try:
        parser.singleStatement()
    except Exception as error:  # what ANTLR throws where more is closed than was opened
        told.told.append((lexer._tokenStartLine, lexer._tokenStartColumn, str(error)))
    return [f"line {line}:{column} {message}" for line, column, message in sorted(told.told)]


def main():
    asked = json.load(sys.stdin)
    json.dump({name: faults(text) for name, text in asked["rules"].items()}, sys.stdout)


main()

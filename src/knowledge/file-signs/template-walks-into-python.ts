import { allOf, anyOf, some } from "../../model/file-sign.ts";
import type { FileSign } from "../../model/file-sign.ts";
import { FIRST_VERSION } from "./first-version.ts";
import { CHATML, ORDINARY_FILES } from "./ordinary-files.ts";
import { templateSample, textSample } from "./sample.ts";

/** A chat template that leaves the template's language. */
export const TEMPLATE_WALKS_INTO_PYTHON: FileSign = {
  id: "template-walks-into-python",
  title: "A chat template reaches for the internals of Python",
  hypothesis:
    "Programs that render chat templates with Jinja outside of its sandbox run what the template reaches: from any value over `__class__`, `__globals__` or `__subclasses__` to `os.popen` (CVE-2024-34359, CVE-2026-5760). No template needs these names to lay out messages.",
  severity: "critical",
  ...FIRST_VERSION,
  ids: ["T1059.006", "T1195.002", "AML.T0010.003"],
  references: [
    "https://github.com/abetlen/llama-cpp-python/security/advisories/GHSA-56xg-wfcc-g829",
    "https://jinja.palletsprojects.com/en/stable/sandbox/",
  ],
  falsePositives: ["Texts on this attack that quote a template."],
  blindTo: ["Names that are put together from pieces or written as escapes.", "Files that are compressed."],
  texts: {
    walk1: { kind: "text", text: "__class__" },
    walk2: { kind: "text", text: "__mro__" },
    walk3: { kind: "text", text: "__subclasses__" },
    walk4: { kind: "text", text: "__base__" },
    walk5: { kind: "text", text: "__globals__" },
    walk6: { kind: "text", text: "__builtins__" },
    walk7: { kind: "text", text: "__import__" },
    walk8: { kind: "text", text: "__init__" },
    walk9: { kind: "text", text: "__getitem__" },
    run1: {
      kind: "pattern",
      pattern: "\\{[{%][^}]{0,400}(popen|os\\.system|subprocess|check_output)[ '\"\\])]{0,4}\\(",
    },
    reach1: {
      kind: "pattern",
      pattern:
        "\\{[{%][^}]{0,200}(lipsum|cycler|joiner|namespace|self|request|config)[ ]?(\\.__|\\[ ?['\"]__|\\|[ ]?attr)",
    },
    reach2: { kind: "pattern", pattern: "\\{[{%][^}]{0,200}\\|[ ]?attr[ ]?\\([ ]?['\"](__|\\\\x5f)" },
    reach3: {
      kind: "pattern",
      pattern: "\\{[{%][^}]{0,200}(\\.|\\[ ?['\"])__(class|mro|globals|subclasses|builtins)__",
    },
  },
  condition: anyOf(
    some(1, "reach1", "reach2", "reach3"),
    allOf(some(1, "run1"), some(1, "walk1", "walk2", "walk3", "walk4", "walk5", "walk6", "walk7", "walk8", "walk9")),
  ),
  matches: [
    templateSample("from a text to every class", "{{ ''.__class__.__mro__[1].__subclasses__() }}"),
    templateSample("over a function of Jinja", "{{ lipsum.__globals__['os'].popen('id').read() }}"),
    templateSample("behind an ordinary template", `${CHATML}{{ cycler.__init__.__globals__.os.popen('id').read() }}`),
    templateSample("in a statement", "{% set x = namespace.__init__.__globals__ %}{{ x }}"),
    templateSample("by the filter attr", "{{ messages|attr('__class__')|attr('__base__') }}"),
    templateSample("by the filter attr with escapes", "{{ messages|attr('\\x5f\\x5fclass\\x5f\\x5f') }}"),
    textSample(
      "in the settings of a tokenizer",
      '{"chat_template":"{% for x in ().__class__.__base__.__subclasses__() %}{% endfor %}"}',
    ),
    templateSample("by index", "{{ messages['__class__']['__mro__'] }}"),
  ],
  lookalikes: [
    templateSample("ChatML", CHATML),
    textSample("a program in Python", "class A:\n    def name(self):\n        return self.__class__.__name__\n"),
    textSample("a program that runs others", "import os, subprocess\nos.popen('id')\nprint({'a': {}.__class__})\n"),
    textSample("a Go template", "{{ if .System }}<|system|>{{ .System }}{{ end }}{{ .Prompt }}"),
    templateSample("a template that uses namespace", "{% set ns = namespace(found=false) %}{% set ns.found = true %}"),
    templateSample("a template with filters", "{{ messages | map(attribute='content') | join | trim }}"),
    templateSample("a template that raises", "{{ raise_exception('roles must alternate') }}"),
    templateSample("a template with the word class", "{{ message.class }} {{ classes['a'] }}"),
    templateSample("a template with two underscores", "{{ message.__role }}"),
    templateSample("a template that dumps tools", "{{ tools | tojson(indent=4) }} {{ strftime_now('%Y') }}"),
    textSample("a page on templates", "Jinja's sandbox refuses __class__ and os.popen: see its documentation."),
    ...ORDINARY_FILES,
  ],
};

import { allOf, some } from "../../model/file-sign.ts";
import type { FileSign } from "../../model/file-sign.ts";
import { FIRST_VERSION } from "./first-version.ts";
import { ORDINARY_FILES } from "./ordinary-files.ts";
import { textSample } from "./sample.ts";

const manifest = (digest: string, more = ""): string =>
  `{"schemaVersion":2,"mediaType":"application/vnd.docker.distribution.manifest.v2+json","layers":[{"mediaType":"application/vnd.ollama.image.model","digest":${JSON.stringify(digest)},"size":1}]${more}}`;

/** A manifest that writes where it wants. */
export const MANIFEST_LEAVES_STORE: FileSign = {
  id: "manifest-leaves-store",
  title: "A manifest of a model has a digest that is a path",
  hypothesis:
    "A registry of the attacker's answers a pull with a manifest whose digest climbs out of the store: Ollama before 0.1.34 wrote the layer there, which becomes a program that runs (CVE-2024-37032). A digest is `sha256:` and 64 hexadecimal digits.",
  severity: "critical",
  ...FIRST_VERSION,
  ids: ["T1190", "T1105", "AML.T0010.003"],
  references: ["https://nvd.nist.gov/vuln/detail/CVE-2024-37032"],
  falsePositives: ["Requests and answers kept by a scanner that looks for this."],
  blindTo: ["Manifests that were never kept as files."],
  texts: {
    layers: { kind: "text", text: '"layers"' },
    climbs: { kind: "pattern", pattern: '"digest"[ \\t]{0,4}:[ \\t]{0,4}"[^"]{0,100}\\.\\.(/|\\\\)' },
    rooted: { kind: "pattern", pattern: '"digest"[ \\t]{0,4}:[ \\t]{0,4}"(/|[A-Za-z]:\\\\)' },
  },
  condition: allOf(some(1, "layers"), some(1, "climbs", "rooted")),
  matches: [
    textSample("up and down", manifest("../../../../../../etc/ld.so.preload")),
    textSample("behind the algorithm", manifest("sha256:../../../../tmp/a.so")),
    textSample("once up", manifest("sha256-../a")),
    textSample("from the root", manifest("/etc/cron.d/a")),
    textSample("Windows", manifest("..\\..\\Windows\\a.dll")),
    textSample("with a blank", manifest("../a").replace('"digest":', '"digest": ')),
  ],
  lookalikes: [
    textSample("an honest digest", manifest(`sha256:${"0f".repeat(32)}`)),
    textSample("with a dash", manifest(`sha256-${"0f".repeat(32)}`)),
    textSample("sha512", manifest(`sha512:${"0f".repeat(64)}`)),
    textSample("an empty digest", manifest("")),
    textSample("a path elsewhere", manifest("sha256:00", ',"annotations":{"path":"../../a"}')),
    textSample("dots elsewhere", manifest("sha256:00", ',"note":"see ../README"')),
    textSample("a digest of text", '{"digest":"../weekly"}'),
    textSample("dots without a slash", manifest("sha256:..")),
    textSample("a name with dots", manifest("sha256:a..b")),
    textSample("a lock file", '{"packages":{"a":{"integrity":"sha512-abc/../def"}}}'),
    ...ORDINARY_FILES,
  ],
};

// Plain JavaScript on purpose: it must run on the Node that happens to be there, to say that it is too old.
import process from "node:process";

const [major = 0] = process.versions.node.split(".").map(Number);
if (major < 24) {
  process.stderr.write(
    `error: Corral needs Node 24 or newer; this is ${process.versions.node} (${process.execPath})\n` +
      "hint: run `npm ci` (with install scripts allowed: it brings Node 24 into node_modules), then start through npm: `npm start`\n",
  );
  process.exit(2);
}

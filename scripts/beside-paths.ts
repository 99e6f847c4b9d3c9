/** `new URL("./x.io.ts", import.meta.url)`: how a module names a worker or a data file beside itself; literal paths only. */
const BESIDE = /new URL\(\s*(?<quoted>"\.{1,2}\/[^"\n]*"),\s*import\.meta\.url\s*\)/gu;

/** Lists the relative paths that a module opens beside itself. */
export function besidePaths(source: string): readonly string[] {
  return [...source.matchAll(BESIDE)].map((match) => (match.groups?.["quoted"] ?? "").slice(1, -1));
}

/** Names workers as they are called after the build: the compiler turns `.ts` into `.js` in imports, not in these. */
export function withBuiltNames(source: string): string {
  return source.replace(BESIDE, (whole, quoted: string) => whole.replace(quoted, quoted.replace(/\.ts"$/u, '.js"')));
}

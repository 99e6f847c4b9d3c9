import { z } from "zod";

const rangesSchema = z.record(z.string(), z.string()).default({});

/** The part of `package.json` that the lock file must match. */
export const packageSchema = z.object({ dependencies: rangesSchema, devDependencies: rangesSchema });
export type PackageManifest = z.infer<typeof packageSchema>;

/** The part of `package-lock.json` (version 3) that matters here; keys of `packages` are folders. */
export const lockSchema = z.object({
  lockfileVersion: z.literal(3),
  packages: z.record(
    z.string(),
    z.object({
      version: z.string().optional(),
      resolved: z.string().optional(),
      integrity: z.string().optional(),
      link: z.boolean().optional(),
      inBundle: z.boolean().optional(),
      optionalDependencies: rangesSchema,
    }),
  ),
});
export type LockFile = z.infer<typeof lockSchema>;

/** `1.2.3`, `1.2.3-r.5`, `npm:name@1.2.3`: one version, no range. */
const EXACT = /^(?:npm:(?:@[\w.-]+\/)?[\w.-]+@)?\d+\.\d+\.\d+(?:-[\w.-]+)?$/u;

/** Whether Node would find `name` from the package in `folder`: beside it or in any folder above. */
function isLocked(lock: LockFile, folder: string, name: string): boolean {
  for (let from = folder; ; from = from.slice(0, Math.max(0, from.lastIndexOf("node_modules/") - 1))) {
    if (Object.hasOwn(lock.packages, `${from === "" ? "" : `${from}/`}node_modules/${name}`)) return true;
    if (from === "") return false;
  }
}

/**
 * Finds what makes a lock file unsafe to install elsewhere: an optional dependency that is missing (npm leaves out what its
 * registry lacks on the day, and `npm ci` on that platform then fails or runs without its binary), a package without hash,
 * the address of a registry, a range instead of a version.
 */
export function lockFaults(manifest: PackageManifest, lock: LockFile): readonly string[] {
  const pins = Object.entries({ ...manifest.dependencies, ...manifest.devDependencies });
  const packages = Object.entries(lock.packages).filter(([folder]) => folder !== "");
  return [
    ...pins
      .filter(([, range]) => !EXACT.test(range))
      .map(([name, range]) => `package.json: ${name} is not pinned: ${range}`),
    ...(packages.length === 0 ? ["package-lock.json: no package"] : []),
    ...packages.flatMap(([folder, one]) => [
      ...Object.keys(one.optionalDependencies)
        .filter((name) => !isLocked(lock, folder, name))
        .map((name) => `package-lock.json: ${folder} wants ${name}, which is not in the lock`),
      ...(one.resolved === undefined ? [] : [`package-lock.json: ${folder} names a registry: ${one.resolved}`]),
      ...(one.integrity === undefined && one.inBundle !== true ? [`package-lock.json: ${folder} has no hash`] : []),
    ]),
  ];
}

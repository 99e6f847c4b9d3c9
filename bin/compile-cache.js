// Plain JavaScript on purpose, and loaded only once require-node.js has let this Node pass: older ones have no compile cache.
import { lstatSync, mkdirSync } from "node:fs";
import { enableCompileCache } from "node:module";
import path from "node:path";
import process from "node:process";

const OTHERS_MAY_WRITE = 0o022;

/**
 * Keeps what V8 compiled from one run to the next in `corral` of the user's own cache folder: it halves the time to start. Whatever is
 * odd about that folder, nothing is kept and nobody is told: the sources are compiled as they always were.
 */
export function keepCompiled() {
  const folder = cacheFolder(process.env);
  if (folder !== null) enableCompileCache(folder);
}

/**
 * The folder, made where it is missing; `null` unless it is this user's and nobody else may write code into it.
 *
 * @param {NodeJS.ProcessEnv} env
 */
function cacheFolder({ XDG_CACHE_HOME: cache = "", HOME: home = "" }) {
  const parent = path.isAbsolute(cache) ? cache : path.isAbsolute(home) ? path.join(home, ".cache") : null;
  if (parent === null) return null;
  const folder = path.join(parent, "corral");
  return isOwn(parent) && isOwn(folder) ? folder : null;
}

/** @param {string} folder */
function isOwn(folder) {
  try {
    mkdirSync(folder, { mode: 0o700 }); // not recursive: below /proc that never ends
  } catch {
    // there already, or nowhere to be made: what lies there tells
  }
  try {
    const found = lstatSync(folder);
    return found.isDirectory() && found.uid === process.getuid?.() && (found.mode & OTHERS_MAY_WRITE) === 0;
  } catch {
    return false;
  }
}

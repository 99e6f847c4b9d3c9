/**
 * Preloaded into a process (`node --import`): blocks its event loop for `BLOCK_MS`, again and again, with as long a rest in between.
 */
const blockMs = Number(process.env["BLOCK_MS"] ?? 0);
if (blockMs > 0) {
  setInterval(() => {
    const until = performance.now() + blockMs;
    while (performance.now() < until);
  }, blockMs * 2).unref();
}

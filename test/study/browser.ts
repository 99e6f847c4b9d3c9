import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Debian's Chromium. On a user's machine a test without it is named as not run; CI must have it. */
const CHROMIUM = "/usr/bin/chromium";
export const hasChromium = existsSync(CHROMIUM) || process.env["CI"] === "true";

/** What a browser made of a page that was so many pixels wide. */
export interface Seen {
  readonly width: number;
  /** Pixels by which the page is wider than its window. */
  readonly overflow: number;
  /** Cells of tables that end beyond the window: to be reached by scrolling only. */
  readonly cut: number;
  /** Smallest letters that are shown, in pixels. */
  readonly smallest: number;
  readonly figures: number;
  /** Figures without a description. */
  readonly silent: number;
}

const LOOK = `for (const frame of document.querySelectorAll("iframe")) frame.onload = () => {
  const page = frame.contentDocument, root = page.documentElement, view = frame.contentWindow;
  const shown = [...page.querySelectorAll("p, td, th, text, li, figcaption, h1, h2")].filter((one) =>
    one.textContent.trim() !== "" && one.getClientRects().length > 0);
  const figures = [...page.querySelectorAll("svg[role=img]")].filter((one) => one.getClientRects().length > 0);
  const seen = { width: frame.clientWidth, overflow: root.scrollWidth - root.clientWidth,
    cut: [...page.querySelectorAll("th, td, th *, td *")].filter((one) => one.getClientRects().length > 0 &&
      one.getBoundingClientRect().right > root.clientWidth).length,
    smallest: Math.min(...shown.map((one) => parseFloat(view.getComputedStyle(one).fontSize))),
    figures: figures.length, silent: figures.filter((one) => !one.getAttribute("aria-label")).length };
  document.querySelector("pre").append(JSON.stringify(seen) + "\\n");
};
for (const frame of document.querySelectorAll("iframe")) frame.src = "/page";`;

/** Loads a page in frames of these widths, in a headless Chromium that can reach nothing but this server. */
export async function seenIn(html: string, widths: readonly number[]): Promise<readonly Seen[]> {
  const frames = widths.map((width) => `<iframe style="border:0;width:${width}px;height:800px"></iframe>`).join("");
  const wrapper = `<!doctype html><meta charset="utf-8"><pre></pre>${frames}<script>${LOOK}</script>`;
  const server = createServer((request, response) => {
    response.setHeader("content-type", "text/html; charset=utf-8");
    response.end(request.url === "/page" ? html : wrapper);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  const profile = await mkdtemp(join(tmpdir(), "corral-chromium-"));
  try {
    const dom = await dump(`http://127.0.0.1:${port}/`, profile);
    const lines = (/<pre>([^<]*)<\/pre>/u.exec(dom)?.[1] ?? "").trim().split("\n");
    const seen = lines.filter((line) => line !== "").map((line) => JSON.parse(line.replaceAll("&quot;", '"')) as Seen);
    // Frames load in any order.
    return widths.flatMap((width) => seen.filter((one) => one.width === width));
  } finally {
    server.close();
    server.closeAllConnections();
    await rm(profile, { recursive: true, force: true });
  }
}

function dump(url: string, profile: string): Promise<string> {
  const args = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
    `--user-data-dir=${profile}`,
    "--virtual-time-budget=20000",
    "--dump-dom",
    url,
  ];
  return new Promise((resolve, reject) => {
    execFile(CHROMIUM, args, { maxBuffer: 1 << 26, timeout: 90_000 }, (error, stdout) => {
      if (error === null) resolve(stdout);
      else reject(error);
    });
  });
}

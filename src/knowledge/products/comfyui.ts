import { listIn, objectAt, titleOf, valueAt, wordAt } from "../evidence.ts";
import type { Evidence, Product } from "../product.ts";
import { json, page, said } from "./example-reply.ts";

const AIOHTTP = { server: "Python/3.12 aiohttp/3.12.13" };
const DEVICE = {
  name: "cuda:0 Example GPU : cudaMallocAsync",
  type: "cuda",
  index: 0,
  vram_total: 25_000_000_000,
  vram_free: 24_000_000_000,
  torch_vram_total: 0,
  torch_vram_free: 0,
};
const SYSTEM = {
  os: "posix",
  ram_total: 64_000_000_000,
  ram_free: 60_000_000_000,
  comfyui_version: "0.3.43",
  python_version: "3.12.3 (main)",
  pytorch_version: "2.7.1+cu128",
  embedded_python: false,
  argv: ["main.py"],
};
const NOT_FOUND = {
  status: 404,
  headers: { "content-type": "text/plain; charset=utf-8", ...AIOHTTP },
  body: "404: Not Found",
} as const;

/** ComfyUI knows no login: whoever reaches it runs any workflow, and every node that was added. */
export const COMFYUI = {
  id: "comfyui",
  name: "ComfyUI",
  kind: "image",
  ports: [8188],
  routes: ["comfyui-stats"],
  tells: [
    {
      id: "system-stats",
      certain: true,
      holds: (evidence) => {
        const told = objectAt(evidence, "comfyui-stats");
        if (listIn(told, "devices") === null) return false;
        const isOld =
          wordAt(told, "system", "python_version") !== null &&
          typeof valueAt(told, "system", "embedded_python") === "boolean";
        return wordAt(told, "system", "comfyui_version") !== null || isOld;
      },
      source: "comfyanonymous/ComfyUI server.py, /system_stats",
      matches: [
        said("comfyui-stats", { system: SYSTEM, devices: [DEVICE] }),
        said("comfyui-stats", {
          system: { os: "nt", python_version: "3.11.6", embedded_python: true },
          devices: [],
        }),
      ],
      rejects: [
        said("comfyui-stats", { system: { os: "posix" }, devices: [DEVICE] }),
        said("comfyui-stats", { comfyui_version: "0.3.43", devices: [DEVICE] }),
        said("comfyui-stats", { system: SYSTEM }),
      ],
    },
    {
      id: "title",
      certain: false,
      holds: ({ root }) => titleOf(root) === "ComfyUI",
      source: "Comfy-Org/ComfyUI_frontend index.html",
      matches: [said("root", '<!DOCTYPE html><html lang="en"><head><title>ComfyUI</title>')],
      rejects: [said("root", "<title>ComfyUI workflows</title>")],
    },
  ],
  facts: (evidence: Evidence) => {
    const told = objectAt(evidence, "comfyui-stats");
    return { version: wordAt(told, "system", "comfyui_version"), access: told === null ? null : "open" };
  },
  examples: [
    {
      name: "open",
      replies: {
        root: page("ComfyUI"),
        "comfyui-stats": json({ system: SYSTEM, devices: [DEVICE] }, AIOHTTP),
      },
      otherwise: NOT_FOUND,
      told: { version: "0.3.43", models: null, answer: "open" },
    },
    {
      name: "older, that does not tell its version",
      replies: {
        root: page("ComfyUI"),
        "comfyui-stats": json(
          { system: { os: "posix", python_version: "3.10.12 (main)", embedded_python: false }, devices: [DEVICE] },
          AIOHTTP,
        ),
      },
      otherwise: NOT_FOUND,
      told: { version: null, models: null, answer: "open" },
    },
  ],
  lookAlikes: [
    {
      name: "a machine that shows its state at the same path",
      replies: {
        root: page("ComfyUI workflows"),
        "comfyui-stats": json({ system: { os: "posix", uptime: 1 }, devices: [] }),
      },
      otherwise: NOT_FOUND,
      told: { version: null, models: null, answer: "other" },
    },
  ],
} as const satisfies Product;

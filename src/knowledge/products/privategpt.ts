import { statusAt, textAt, titleOf } from "../evidence.ts";
import type { Evidence, Product } from "../product.ts";
import { FASTAPI_NOT_FOUND, json, said } from "./example-reply.ts";

const LIST = { object: "list", model: "private-gpt", data: [] };
const UVICORN = { server: "uvicorn" };
/** How the list begins: it is never read to its end, which would name documents. */
const OWN_LIST = /^\{"object":\s?"list",\s?"model":\s?"private-gpt",\s?"data":\s?\[/u;
const TITLE = "My Private GPT";
const PAGE = {
  status: 200,
  headers: { "content-type": "text/html; charset=utf-8", ...UVICORN },
  body: `<!doctype html><html><head><title>${TITLE}</title><script>window.gradio_config = {"version":"4.44.1","mode":"blocks"};</script></head></html>`,
} as const;

/** PrivateGPT names itself in the list of what it has read. Its page is made with Gradio, so it stands before that. */
export const PRIVATEGPT = {
  id: "privategpt",
  name: "PrivateGPT",
  kind: "front-end",
  ports: [8001],
  routes: ["privategpt-ingested"],
  tells: [
    {
      id: "list",
      certain: true,
      holds: (evidence) => OWN_LIST.test(textAt(evidence, "privategpt-ingested")),
      source: "zylon-ai/private-gpt private_gpt/server/ingest/ingest_router.py, IngestResponse",
      matches: [
        said("privategpt-ingested", LIST),
        said("privategpt-ingested", '{"object":"list","model":"private-gpt","data":[{"object":"ing'),
      ],
      rejects: [said("privategpt-ingested", { object: "list", data: [] }), said("v1-models", LIST)],
    },
    {
      id: "page",
      certain: true,
      holds: ({ root }) => titleOf(root) === TITLE && root?.includes("window.gradio_config = ") === true,
      source: "zylon-ai/private-gpt private_gpt/ui/ui.py, UI_TAB_TITLE, in a page of Gradio",
      matches: [said("root", PAGE.body)],
      rejects: [
        said("root", `<title>${TITLE}</title>`),
        said("root", "<title>Gradio</title><script>window.gradio_config = {}"),
      ],
    },
  ],
  facts: (evidence: Evidence) => {
    const isOpen = OWN_LIST.test(textAt(evidence, "privategpt-ingested"));
    return { access: isOpen ? "open" : statusAt(evidence, "privategpt-ingested") === 401 ? "login" : null };
  },
  examples: [
    {
      name: "without a login",
      replies: { root: PAGE, "privategpt-ingested": json(LIST, UVICORN) },
      otherwise: FASTAPI_NOT_FOUND,
      told: { version: null, models: null, answer: "open" },
    },
    {
      name: "with a login",
      replies: {
        root: PAGE,
        "privategpt-ingested": {
          status: 401,
          headers: {
            "content-type": "application/json",
            "www-authenticate": 'Basic realm="All the API", charset="UTF-8"',
            ...UVICORN,
          },
          body: { detail: "Not authenticated" },
        },
      },
      otherwise: FASTAPI_NOT_FOUND,
      told: { version: null, models: null, answer: "login" },
    },
  ],
  lookAlikes: [
    {
      name: "another service that lists what it has read",
      replies: { "privategpt-ingested": json({ object: "list", data: [] }, UVICORN) },
      otherwise: FASTAPI_NOT_FOUND,
      told: { version: null, models: null, answer: "other" },
    },
  ],
} as const satisfies Product;

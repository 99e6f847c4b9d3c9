import type { Refusal } from "../refusal.ts";

/** Whose words an answer is in. */
export type Family = "native" | "openai" | "anthropic";

/** The family that a path belongs to, also where no route is found. */
export function familyOf(path: string): Family {
  if (path === "/v1/messages" || path.startsWith("/v1/messages/")) return "anthropic";
  return path === "/v1" || path.startsWith("/v1/") ? "openai" : "native";
}

const ANTHROPIC_TYPES: Readonly<Record<number, string>> = {
  400: "invalid_request_error",
  401: "authentication_error",
  403: "permission_error",
  404: "not_found_error",
  413: "request_too_large",
  429: "rate_limit_error",
  503: "overloaded_error",
};
const OPENAI_TYPES: Readonly<Record<number, string>> = {
  401: "authentication_error",
  403: "permission_error",
  404: "not_found_error",
  429: "rate_limit_error",
};

/**
 * Writes a refusal as the API family writes its errors.
 *
 * @param id - of the request, which an Anthropic error names.
 * @see ollama/ollama openai/openai.go NewError, anthropic/anthropic.go NewError
 */
export function errorBody(family: Family, refusal: Refusal, id: string): string {
  const { status, message, reason } = refusal;
  switch (family) {
    case "native":
      return JSON.stringify({ error: message });
    case "openai": {
      const type = OPENAI_TYPES[status] ?? (status < 500 ? "invalid_request_error" : "api_error");
      return JSON.stringify({ error: { message, type, param: null, code: reason.replaceAll("-", "_") } });
    }
    case "anthropic": {
      const type = ANTHROPIC_TYPES[status] ?? (status < 500 ? "invalid_request_error" : "api_error");
      return JSON.stringify({ type: "error", error: { type, message }, request_id: id });
    }
  }
}

/** The same within a stream that has begun: a last line or event. */
export function errorLine(form: "ndjson" | "sse", family: Family, refusal: Refusal, id: string): string {
  const body = errorBody(family, refusal, id);
  if (form === "ndjson") return `${body}\n`;
  return family === "anthropic" ? `event: error\ndata: ${body}\n\n` : `data: ${body}\n\n`;
}

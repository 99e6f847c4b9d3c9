import type { FarmReply } from "./farm-reply.ts";
import { textReply } from "./farm-reply.ts";
import type { FarmBehaviour, FarmRequest } from "./farm-server.ts";
import { INVENTORY } from "./inventory.ts";
import { answering } from "./ollama-host.ts";
import { ollamaReply } from "./ollama-replies.ts";

/** Which requests a login stands before: all, one route, or all but `/api/`. */
export type LoginAt = "everything" | "tags" | "ps" | "others";
/** What a TLS port says to plain HTTP: a 400 as Go does, nothing, or a TLS alert. */
export type SaysToPlain = "400" | "nothing" | "alert";

/** Version of the Ollama behind every front. */
const BEHIND = "0.5.1";

const LOGIN: FarmReply = {
  status: 401,
  contentType: "text/plain",
  body: "Unauthorized",
  headers: ['WWW-Authenticate: Basic realm="models"'],
};

/** The Ollama behind every front. */
export function behind(request: FarmRequest): FarmReply {
  return ollamaReply(BEHIND, INVENTORY, request);
}

/** A login in front. */
export function loginFront(at: LoginAt): FarmBehaviour {
  return answering((request) => {
    const isApi = request.path.startsWith("/api/");
    const isGuarded = at === "everything" || request.path === `/api/${at}` || (at === "others" && !isApi);
    return isGuarded ? LOGIN : behind(request);
  });
}

/** A proxy that refuses, or an Ollama whose own Host check does. */
export function deniedFront(status: 403 | 407): FarmBehaviour {
  return answering(() => ({ status, contentType: null, body: "" }));
}

/** Open WebUI passing an Ollama on under its base path. */
export function openWebUiProxy(basePath: string, hasLogin: boolean): FarmBehaviour {
  return answering((request) => {
    if (request.path === "/") return textReply('{"status":true}', "application/json");
    if (hasLogin && request.path !== "/api/version") return { ...LOGIN, body: '{"detail":"Not authenticated"}' };
    return behind(request);
  }, basePath);
}

/** Ollama behind TLS on a port that also hears plain HTTP. */
export function tlsOnly(says: SaysToPlain): FarmBehaviour {
  return {
    ...answering(behind),
    tls: "if-spoken",
    onPlain: (socket) => {
      if (says === "400") {
        socket.end("HTTP/1.0 400 Bad Request\r\n\r\nClient sent an HTTP request to an HTTPS server.\n");
      } else if (says === "nothing") {
        socket.end();
      } else {
        socket.end(Buffer.from([0x15, 0x03, 0x01, 0x00, 0x02, 0x02, 0x46]));
      }
    },
  };
}

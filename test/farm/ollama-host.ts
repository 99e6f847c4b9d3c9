import type { Socket } from "node:net";
import { replyBytes } from "./farm-reply.ts";
import type { FarmReply } from "./farm-reply.ts";
import type { FarmBehaviour, FarmRequest } from "./farm-server.ts";
import { INVENTORY } from "./inventory.ts";
import { ollamaReply } from "./ollama-replies.ts";
import type { FarmModel } from "./ollama-replies.ts";

/** How a server, or the proxy before it, takes several requests on one connection. */
export type Keeping = "keeps" | "closes-each" | "closes-silently" | "answers-first-only" | "mixes-up";

/** An Ollama on the farm. */
export interface OllamaSpec {
  readonly kind: "ollama";
  readonly version: string;
  readonly models?: readonly FarmModel[];
  readonly basePath?: string;
  readonly keeping?: Keeping;
  readonly tls?: "always";
  /** Every unknown path gets this route's answer. */
  readonly everyPath?: string;
  /** Milliseconds before each answer. */
  readonly delayMs?: number;
  /** Sends the fields of this version while naming the other. */
  readonly fieldsOf?: string;
}

type Answer = (request: FarmRequest) => FarmReply;

/** A server that answers at once and in order; a base path is taken off before. */
export function answering(answer: Answer, basePath = ""): FarmBehaviour {
  return {
    basePath,
    onRequest: (request, socket) => {
      socket.write(replyBytes(answer(below(basePath, request))));
    },
  };
}

/** An Ollama of some version, with its manners. */
export function ollamaBehaviour(spec: OllamaSpec): FarmBehaviour {
  const { version, models = INVENTORY, keeping = "keeps", basePath = "", everyPath, delayMs = 0 } = spec;
  const ofVersion = (request: FarmRequest): FarmReply =>
    ollamaReply(request.path === "/api/version" ? version : (spec.fieldsOf ?? version), models, request);
  const answer: Answer = (request) => {
    const reply = ofVersion(request);
    if (reply.status === 200 || everyPath === undefined) return reply;
    return ofVersion({ ...request, method: "GET", path: everyPath });
  };
  const keeper = KEEPERS[keeping]();
  return {
    basePath,
    ...(spec.tls === undefined ? {} : { tls: spec.tls }),
    onRequest: (request, socket) => {
      const serve = (): void => keeper(below(basePath, request), socket, answer);
      if (delayMs > 0) setTimeout(serve, delayMs);
      else serve();
    },
  };
}

function below(basePath: string, request: FarmRequest): FarmRequest {
  if (request.path.startsWith(`${basePath}/`)) return { ...request, path: request.path.slice(basePath.length) };
  return { ...request, path: "/outside-of-the-base-path" };
}

type Keeper = (request: FarmRequest, socket: Socket, answer: Answer) => void;

const KEEPERS: Readonly<Record<Keeping, () => Keeper>> = {
  keeps: () => (request, socket, answer) => void socket.write(replyBytes(answer(request))),
  "closes-each": () => (request, socket, answer) => {
    if (socket.writable) socket.end(replyBytes({ ...answer(request), closes: true }));
  },
  "closes-silently": () => (request, socket, answer) => {
    if (socket.writable) socket.end(replyBytes(answer(request)));
  },
  "answers-first-only": () => (request, socket, answer) => {
    if (!socket.writable) return;
    socket.write(replyBytes(answer(request)));
    if (request.followed) socket.end();
  },
  "mixes-up": mixingUp,
};

/** Answers the second of two pipelined requests first. */
function mixingUp(): Keeper {
  const postponed = new WeakMap<Socket, FarmRequest>();
  return (request, socket, answer) => {
    const earlier = postponed.get(socket);
    if (earlier === undefined && request.followed) return void postponed.set(socket, request);
    postponed.delete(socket);
    socket.write(replyBytes(answer(request)));
    if (earlier !== undefined) socket.write(replyBytes(answer(earlier)));
  };
}

import type { GatewayConfig } from "../config/gateway-config.ts";
import type { PrefixSet } from "../../model/prefix-set.ts";
import type { Denied } from "../keys/authenticator.ts";
import type { Principal } from "../principal.ts";
import type { Gate } from "../quota/gate.ts";
import type { AtWork } from "../record/at-work.ts";
import type { RecordRow } from "../record/record-row.ts";
import type { Refusal } from "../refusal.ts";
import type { AskedTarget } from "../request/read-target.ts";
import type { Estimates } from "./estimates.ts";
import type { Forward } from "./forward.ts";
import type { UnreadFault } from "./unread-row.ts";
import type { ToolGuard } from "../stream/tool-guard.ts";

/** Who is at the other end of a connection. */
export interface Caller {
  readonly address: string;
  /** Whether nobody between can read: TLS, loopback, or the proxy that the configuration names. */
  readonly isPrivate: boolean;
  /** Whether the address is the client's, and not that of a proxy that did not name one. */
  readonly isOwn: boolean;
}

/** What {@link Desk.recognise} looks at. */
export interface Shown {
  readonly method: string;
  readonly target: AskedTarget;
  /** Name, value, … as sent. */
  readonly rawHeaders: readonly string[];
  readonly caller: Caller;
}

/** What the upstream has, as far as names cannot tell it. */
export interface ModelList {
  /** Whether a model of this canonical name runs elsewhere; looks again where the name is new. `null` = the list cannot be read. */
  isRemote(canonical: string): boolean | Promise<boolean | null>;
  /** Canonical names of all that run elsewhere; null while that cannot be known. */
  remotes(): ReadonlySet<string> | Promise<ReadonlySet<string> | null>;
  /** Something was created, copied or deleted through the gateway: what is known is old. */
  changed(): void;
}

/** All that an exchange needs of the world, made once a worker. */
export interface Desk {
  readonly config: GatewayConfig;
  /** Addresses of `listen.behind`; null without any. */
  readonly proxies: PrefixSet | null;
  /** Origins of pages that may call; null = pages are not told from others. */
  readonly origins: ReadonlySet<string> | null;
  readonly gate: Gate;
  readonly forward: Forward;
  readonly estimates: Estimates;
  readonly models: ModelList;
  /** Guards of tools by role; a role without rules has none. */
  readonly tools: ReadonlyMap<string, ToolGuard>;
  /** Whether a role's lists show a model; `remotes` as of {@link ModelList.remotes}. */
  sees(role: string, model: string, isRemote: boolean, remotes: ReadonlySet<string> | null): boolean;
  /** Who shows this credential, or why nobody. */
  recognise(shown: Shown): Principal | Denied;
  /** Why nothing new is taken now, if so. */
  closed(): Refusal | null;
  /** A request has come; its row follows when it ends. */
  began(request: AtWork): void;
  record(row: RecordRow, request: AtWork): void;
  /** Something came that was no request. */
  unread(address: string, fault: UnreadFault): void;
  digest(body: Buffer): string;
  /** The same of a long body, other work between. */
  digestSlowly(body: Buffer): Promise<string>;
  /** Milliseconds of a clock that never jumps. */
  elapsed(): number;
  /** Calls back once after so many milliseconds. */
  later(ms: number, work: () => void): void;
  /** ISO 8601 UTC. */
  now(): string;
  /** Seconds since 1970. */
  seconds(): number;
  newId(): string;
}

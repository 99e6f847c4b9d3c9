import { schemaFaults } from "./argument-schema.ts";
import { addressKind } from "./address-kind.ts";
import { bindFaults } from "./bind-rules.ts";
import type { ConfigFault } from "./config-fault.ts";
import type { Allowance, GatewayConfig, RolePolicy } from "./gateway-config.ts";

/** What each id of a route that a role names must be one of. */
export interface KnownRoutes {
  readonly ids: readonly string[];
}

/** Every rule of `gateway.yaml` that its schema cannot tell. No message quotes a URL: it may hold a password. */
export function configFaults(config: GatewayConfig, routes: KnownRoutes): ConfigFault[] {
  return [
    ...upstreamFaults(config),
    ...bindFaults(config.listen),
    ...operationsFaults(config),
    ...redisFaults(config),
    ...accessFaults(config),
    ...originFaults(config),
    ...Object.entries(config.roles).flatMap(([name, role]) => roleFaults(name, role, routes)),
  ];
}

function upstreamFaults({ upstream, listen }: GatewayConfig): ConfigFault[] {
  const fault = (message: string): ConfigFault[] => [{ path: ["upstream"], message }];
  const url = URL.parse(upstream);
  if (url === null || (url.protocol !== "http:" && url.protocol !== "https:"))
    return fault("is no http or https URL, such as http://127.0.0.1:11434");
  if (url.username !== "" || url.password !== "") return fault("must hold no user or password");
  if (url.search !== "" || url.hash !== "") return fault("must end with its path");
  const host = url.hostname.replaceAll(/[[\]]/gu, "");
  const isLocal = host === "localhost" || addressKind(host) === "loopback" || host === listen.address;
  const port = url.port === "" ? (url.protocol === "https:" ? 443 : 80) : Number(url.port);
  return isLocal && port === listen.port ? fault("is the gateway's own address; it would ask itself") : [];
}

function operationsFaults({ operations, listen }: GatewayConfig): ConfigFault[] {
  if (operations === null) return [];
  const kind = addressKind(operations.address);
  if (kind === null) return [{ path: ["operations", "address"], message: "is no IP address" }];
  if (kind === "public")
    return [
      { path: ["operations", "address"], message: "is a public address: its token would cross the internet readable" },
    ];
  const isSame = operations.port !== 0 && operations.port === listen.port;
  return isSame ? [{ path: ["operations", "port"], message: "is the port of listen; take another" }] : [];
}

function redisFaults({ redis }: GatewayConfig): ConfigFault[] {
  if (redis === null) return [];
  const protocol = URL.parse(redis.url)?.protocol;
  return protocol === "redis:" || protocol === "rediss:"
    ? []
    : [{ path: ["redis", "url"], message: "is no redis:// or rediss:// URL" }];
}

function accessFaults({ access, roles }: GatewayConfig): ConfigFault[] {
  if (access.signatures === null || Object.hasOwn(roles, access.signatures.role)) return [];
  return [{ path: ["access", "signatures", "role"], message: "is no role of this file" }];
}

/** Schemes of the web, and of apps that show pages of their own: `file:` pages have no origin. */
const ORIGIN = /^[a-z][a-z\d+.-]{0,40}:\/\/[^\s/?#@*\\]{1,255}$/u;
const WEB = /^https?:/u;

function originFaults({ origins }: GatewayConfig): ConfigFault[] {
  return origins.flatMap((origin, at) => {
    const message = originFault(origin);
    return message === null ? [] : [{ path: ["origins", at], message }];
  });
}

function originFault(origin: string): string | null {
  if (origin === "*")
    return "would let every page that anybody here opens reach the gateway, try keys, and use one it got hold of; name each page's origin";
  if (origin === "null") return "is what any page in a sandbox calls itself; serve the page from a place with a name";
  if (!ORIGIN.test(origin)) return "is no origin, such as https://chat.example.org: no path, no slash at its end";
  if (!WEB.test(origin)) return null;
  const written = URL.parse(origin)?.origin;
  if (written === undefined) return "is no origin, such as https://chat.example.org";
  return written === origin ? null : `is not as browsers write it: ${written}`;
}

function roleFaults(name: string, role: RolePolicy, routes: KnownRoutes): ConfigFault[] {
  const path = ["roles", name];
  const known = new Set(routes.ids);
  const unknown = (["allow", "deny"] as const).flatMap((list) =>
    role.routes[list].flatMap((id, at) =>
      known.has(id)
        ? []
        : [
            {
              path: [...path, "routes", list, at],
              message: "is no route; docs/reference/gateway-routes.md lists them",
            },
          ],
    ),
  );
  const twice = (["perKey", "total"] as const).flatMap((scope) =>
    (["requests", "tokens"] as const).flatMap((what) =>
      repeated(role.limits[scope][what]).map((at) => ({
        path: [...path, "limits", scope, what, at],
        message: "is a second amount for the same window",
      })),
    ),
  );
  const schemas = Object.entries(role.tools.arguments).flatMap(([tool, schema]) =>
    schemaFaults(schema, [...path, "tools", "arguments", tool]),
  );
  return [...unknown, ...twice, ...schemas];
}

function repeated(allowances: readonly Allowance[]): number[] {
  return allowances.flatMap((one, at) => (allowances.findIndex((other) => other.per === one.per) < at ? [at] : []));
}

import { commentedOut, explainedYaml } from "../../model/explained-yaml.ts";
import type { GatewayConfig, RolePolicy } from "./gateway-config.ts";
import { gatewayJsonSchema, gatewaySchema } from "./gateway-schema.ts";

const COMMENT = [
  "What stands in front of a model server: who may ask it what, how much, and what is recorded.",
  "Every key but upstream may be left out and then has its default; unknown keys are errors.",
].join("\n");

/** Alternatives to what is null or empty above, so that every key is seen once. */
const UNUSED = {
  listen: { tls: { certificate: "/etc/corral/gateway.pem", key: "/etc/corral/gateway-key.pem" } },
  access: { signatures: { authorizedKeys: "authorized_keys", role: "user", windowSeconds: 60 } },
  redis: { url: "rediss://192.0.2.10:6379", whenGone: "closed" },
  tariff: { llama3: { perMillionPrompt: 0.1, perMillionAnswer: 0.4, currency: "EUR" } },
};

/** Role of people and programs that use models. */
function userRole(base: RolePolicy): RolePolicy {
  return {
    ...base,
    limits: {
      perKey: { requests: [{ count: 120, per: "minute" }], tokens: [{ count: 2_000_000, per: "day" }], concurrent: 4 },
      total: base.limits.total,
    },
    clamp: { ...base.clamp, numCtx: 32_768, numPredict: 16_384, keepAliveSeconds: 3600, images: 8 },
  };
}

/** What a written configuration is to differ in from the example. */
export interface Wishes {
  readonly upstream: string;
  readonly listen: Partial<GatewayConfig["listen"]>;
  /** Name of the one role; `admin` may do everything, any other name uses models. */
  readonly role: string;
}

/** Makes a configuration with every default, for these wishes. */
export function wishedConfig(wishes: Wishes): GatewayConfig {
  const config = gatewaySchema.parse({
    upstream: wishes.upstream,
    listen: wishes.listen,
    roles: { [wishes.role]: {} },
  });
  const base = config.roles[wishes.role];
  if (base === undefined) return config;
  const role: RolePolicy =
    wishes.role === "admin" ? { ...base, allow: ["A", "B", "C", "D"], cloud: true } : userRole(base);
  return { ...config, roles: { [wishes.role]: role } };
}

/** A configuration as `gateway.yaml`, each key explained; below it, commented out, what could stand in place of what is null. */
export function gatewayYaml(config: GatewayConfig): string {
  const schema = gatewayJsonSchema();
  const unused = `In place of what is null or empty above:\n\n${explainedYaml(UNUSED, schema, "", true)}`;
  return `${explainedYaml(config, schema, COMMENT, true)}\n${commentedOut(unused)}\n`;
}

/** `gateway.yaml` for an Ollama on this machine. */
export function gatewayExample(): string {
  return gatewayYaml(wishedConfig({ upstream: "http://127.0.0.1:11434", listen: {}, role: "user" }));
}

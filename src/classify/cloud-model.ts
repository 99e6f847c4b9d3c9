import { modelNameParts } from "./model-name.ts";

/** What tells a cloud stub from a model on the host. */
export interface CloudInput {
  readonly name: string | null;
  readonly remote_host: string | null;
}

/**
 * Tells whether an entry only forwards to someone else's computers: it names a remote host, or its tag is or ends in `cloud`.
 * Such an entry uses no compute of its host and lends out the owner's account: it is counted apart.
 *
 * @see ollama/ollama@fb307608 server/routes.go and types/model/name.go; stubs exist from v0.12.0
 */
export function isCloudModel(input: CloudInput): boolean {
  if (input.remote_host !== null && input.remote_host.trim() !== "") return true;
  const tag = modelNameParts(input.name)?.tag;
  return tag === "cloud" || (tag?.endsWith("-cloud") ?? false);
}

import type { Detection } from "../../model/detection.ts";
import { BLOB_CREATE_PUSH } from "./blob-create-push.ts";
import { LISTEN_ON_EVERY_ADDRESS } from "./listen-on-every-address.ts";
import { STRANGER_CONNECTION_BURST } from "./stranger-connection-burst.ts";
import { UNEXPECTED_CHILD } from "./unexpected-child.ts";

/** Every detection, by id: what `hunt` looks for and what `rules` prints. */
export const DETECTIONS = {
  "listen-on-every-address": LISTEN_ON_EVERY_ADDRESS,
  "unexpected-child": UNEXPECTED_CHILD,
  "stranger-connection-burst": STRANGER_CONNECTION_BURST,
  "blob-create-push": BLOB_CREATE_PUSH,
} as const satisfies Record<string, Detection>;

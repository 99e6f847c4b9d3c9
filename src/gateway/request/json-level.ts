import type { BodyForm } from "./body-form.ts";
import type { JsonNode } from "./json-node.ts";

/** An object or array that is open while JSON is scanned; one per depth, used again and again. */
export class JsonLevel {
  form: BodyForm | null = null;
  node: JsonNode | null = null;
  isObject = false;
  /** Members or elements so far. */
  size = 0;
}

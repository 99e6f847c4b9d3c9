import type { Service } from "./service.ts";

/** What to ask next: a service, perhaps with a scheme still to be learned (`auto`: http first, TLS once if the answer hints at it). */
export interface Target extends Omit<Service, "scheme"> {
  readonly scheme: "http" | "https" | "auto";
}

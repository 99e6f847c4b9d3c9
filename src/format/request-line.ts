import type { RequestEntry } from "../model/request-entry.ts";
import type { Service } from "../model/service.ts";

/**
 * Makes a writer of request entries as JSON text, the same that `JSON.stringify` gives. The six requests of a look name the same
 * service one after the other, so that part is kept from the entry before.
 */
export function createRequestLines(): (entry: RequestEntry) => string {
  let last: Service | null = null;
  let beginning = "";
  return (entry) => {
    if (last === null || !isSameService(last, entry)) {
      last = entry;
      beginning = beginningOf(entry);
    }
    const { sent_at: sentAt, run, method, path, status, failure, bytes } = entry;
    return `${beginning}${text(sentAt)},"run":${text(run)},"method":"${method}","path":${text(path)},"status":${status},"failure":${text(failure)},"bytes":${bytes}}`;
  };
}

function isSameService(one: Service, other: Service): boolean {
  return (
    one.address === other.address &&
    one.port === other.port &&
    one.scheme === other.scheme &&
    one.host_name === other.host_name &&
    one.base_path === other.base_path
  );
}

function beginningOf({ scheme, address, port, host_name: name, base_path: path }: Service): string {
  return `{"kind":"request","schema":1,"scheme":"${scheme}","address":${text(address)},"port":${port},"host_name":${text(name)},"base_path":${text(path)},"sent_at":`;
}

/** Characters that stand for themselves between the quotes of JSON; all else is left to the real thing. */
const PLAIN = /^[\u0020\u0021\u0023-\u005b\u005d-\u007e]*$/u;

function text(value: string | null): string {
  if (value === null) return "null";
  return PLAIN.test(value) ? `"${value}"` : JSON.stringify(value);
}

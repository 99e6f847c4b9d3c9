import type { RequestEntry } from "../model/request-entry.ts";

/**
 * Makes a writer of request entries as JSON text, the same that `JSON.stringify` gives. Requests of a look name the same
 * service one after the other, those of one write the same moment too, so that part is kept from the entry before.
 */
export function createRequestLines(): (entry: RequestEntry) => string {
  let last: RequestEntry | null = null;
  let beginning = "";
  return (entry) => {
    if (last === null || !beginsLike(last, entry)) {
      last = entry;
      beginning = beginningOf(entry);
    }
    const { path, status, failure, bytes } = entry;
    return `${beginning}${text(path)},"status":${status},"failure":${text(failure)},"bytes":${bytes}}`;
  };
}

function beginsLike(one: RequestEntry, other: RequestEntry): boolean {
  return (
    one.sent_at === other.sent_at &&
    one.method === other.method &&
    one.run === other.run &&
    one.address === other.address &&
    one.port === other.port &&
    one.scheme === other.scheme &&
    one.host_name === other.host_name &&
    one.base_path === other.base_path
  );
}

function beginningOf(entry: RequestEntry): string {
  const { scheme, address, port, host_name: name, base_path: path, sent_at: sentAt, run, method } = entry;
  return `{"kind":"request","schema":1,"scheme":"${scheme}","address":${text(address)},"port":${port},"host_name":${text(name)},"base_path":${text(path)},"sent_at":${text(sentAt)},"run":${text(run)},"method":"${method}","path":`;
}

/** Characters that stand for themselves between the quotes of JSON; all else is left to the real thing. */
const PLAIN = /^[\u0020\u0021\u0023-\u005b\u005d-\u007e]*$/u;

function text(value: string | null): string {
  if (value === null) return "null";
  return PLAIN.test(value) ? `"${value}"` : JSON.stringify(value);
}

import { connect as connectHttp2 } from "node:http2";
import { request as askHttps } from "node:https";
import { connect as connectTls } from "node:tls";
import type { Proxy } from "./proxies.ts";

/** What a client asks for. */
export interface Ask {
  readonly method?: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
}

/** What came back: `reads` are the pieces as the client's socket gave them. */
export interface Told {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly reads: readonly string[];
  readonly text: string;
}

/** Asks a proxy over HTTP/1.1 and TLS; `onRead` may end the exchange by returning `false`. */
export function askProxy(proxy: Proxy, ask: Ask, onRead: (read: string) => boolean = () => true): Promise<Told> {
  return new Promise((resolve, reject) => {
    const { method = "POST", path, headers = {}, body } = ask;
    const where = { host: "127.0.0.1", port: proxy.port, servername: "localhost", ca: proxy.ca, agent: false };
    const request = askHttps({ ...where, method, path, headers: { host: "localhost", ...headers } }, (response) => {
      const reads: string[] = [];
      const done = (): void =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, reads, text: reads.join("") });
      response.setEncoding("utf8").on("data", (read: string) => {
        reads.push(read);
        if (onRead(read)) return;
        request.destroy();
        done();
      });
      response.once("end", done);
      response.once("error", done);
    });
    request.once("error", reject);
    request.end(body);
  });
}

/** Asks a proxy over HTTP/2; `onRead` may close the stream by returning `false`. */
export function askHttp2(proxy: Proxy, ask: Ask, onRead: (read: string) => boolean = () => true): Promise<Told> {
  return new Promise((resolve, reject) => {
    const session = connectHttp2(`https://localhost:${proxy.port}`, {
      ca: proxy.ca,
      lookup: (_name, _options, done) => done(null, [{ address: "127.0.0.1", family: 4 }], 4),
    });
    session.once("error", reject);
    const { method = "POST", path, headers = {}, body } = ask;
    const stream = session.request({ ":method": method, ":path": path, ...headers });
    const reads: string[] = [];
    let status = 0;
    const done = (): void => {
      session.close();
      resolve({ status, headers: {}, reads, text: reads.join("") });
    };
    stream.once("response", (head) => (status = head[":status"] ?? 0));
    stream.setEncoding("utf8").on("data", (read: string) => {
      reads.push(read);
      if (!onRead(read)) stream.close();
    });
    stream.once("close", done);
    stream.once("error", reject);
    stream.end(body);
  });
}

/** Sends bytes as they are, and gives all that comes back until the proxy closes. */
export async function sendRaw(proxy: Proxy, bytes: string): Promise<string> {
  const socket = connectTls({ host: "127.0.0.1", port: proxy.port, servername: "localhost", ca: proxy.ca });
  socket.write(bytes);
  let text = "";
  for await (const chunk of socket) text += String(chunk);
  return text;
}

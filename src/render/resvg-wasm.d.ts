// Names of browsers that the declarations of @resvg/resvg-wasm mention; this package hands it bytes only.

type RequestInfo = string | URL | Request;
type BufferSource = ArrayBufferView | ArrayBuffer;

declare namespace WebAssembly {
  type Module = object;
}

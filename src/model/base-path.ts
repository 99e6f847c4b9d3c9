/** A base path as a request line carries it: nothing to decode, nothing that could end the line, at most 256 characters. */
export const BASE_PATH = /^\/[A-Za-z0-9._~/-]{0,255}$/u;

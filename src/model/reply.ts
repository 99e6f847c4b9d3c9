/**
 * What one path of a service answered, as far as products and decoys are told by it: fresh from a socket, or kept in somebody else's file.
 */
export interface Reply {
  readonly status: number;
  /** Header fields by lower-case name; several of one name are joined by `, `. A source that carries none gives an empty record. */
  readonly headers: Readonly<Record<string, string>>;
  /** Body, or its beginning, as Unicode text; `null` when the source carries none. */
  readonly body: string | null;
  /** The body is only a beginning. */
  readonly isCut: boolean;
}

/** A reply with its body parsed; `json` is `undefined` when the body is no JSON, or was cut. */
export interface ReadReply extends Reply {
  readonly json: unknown;
}

/** A reply with the path that was asked, below the base path: `/api/tags`. */
export interface StoredReply extends Reply {
  readonly path: string;
}

declare const readOnlyRequest: unique symbol;

/**
 * One request exactly as it goes to the wire, ASCII. Sockets that speak to strangers take nothing else, and only
 * `knowledge/read-only-routes.ts` makes it, from a row of the published allow-list.
 */
export type RequestText = string & { readonly [readOnlyRequest]: true };

// What JSON's grammar allows next; numbers, since they are compared for every token.

/** A value. */
export const VALUE = 0;
/** A first element or the end of an array. */
export const VALUE_OR_END = 1;
/** A key. */
export const KEY = 2;
/** A first key or the end of an object. */
export const KEY_OR_END = 3;
/** The colon after a key. */
export const NAME_SEPARATOR = 4;
/** A comma or the end of an object or array. */
export const COMMA_OR_END = 5;
/** More of a string. */
export const REST_OF_STRING = 6;
/** White space alone. */
export const NOTHING = 7;

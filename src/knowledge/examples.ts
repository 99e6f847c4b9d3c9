/** At least one example: a row of a table without its examples does not compile. */
export type Examples<T = string> = readonly [T, ...T[]];

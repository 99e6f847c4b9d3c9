/** Methods that have a number, in its order, from 1; `OTHER_METHOD` stands for all others. */
export const METHODS = ["GET", "POST", "HEAD", "DELETE", "OPTIONS", "PUT"] as const;
export const OTHER_METHOD = 0;

/** By length of the method and code of its first letter, which none of the six shares. */
const BY_SHAPE = new Uint8Array(8 * 128);
for (const [at, method] of METHODS.entries()) BY_SHAPE[method.length * 128 + method.charCodeAt(0)] = at + 1;

/** The number of a method in capitals; one comparison of texts at most. */
export function methodNumber(method: string): number {
  const shape = method.length * 128 + (method.length === 0 ? 0 : method.charCodeAt(0));
  const number = BY_SHAPE[shape] ?? OTHER_METHOD;
  return number !== OTHER_METHOD && METHODS[number - 1] === method ? number : OTHER_METHOD;
}

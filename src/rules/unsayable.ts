/** Thrown by printers when a detection has no words in a language; `message` says why. */
export class Unsayable extends Error {}

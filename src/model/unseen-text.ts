/**
 * What cannot be seen and may steer a terminal or deceive the eye: controls (C0, C1, DEL), format characters (bidi, zero width, tags), line
 * separators, private use, lone surrogates. Source: general categories of Unicode. For `replace` only: it keeps no place.
 */
export const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Cs}]/gu;

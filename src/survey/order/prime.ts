/** Bases that make Miller–Rabin exact below 3.3·10^24 (Sorenson and Webster, 2015). */
const WITNESSES = [2n, 3n, 5n, 7n, 11n, 13n, 17n, 19n, 23n, 29n, 31n, 37n] as const;

/** Trial divisors end here; a prime whose predecessor does not fall apart below it is passed over. */
const LARGEST_DIVISOR = 65_536;

/** `base^exponent mod modulus`, exact for any safe integer. */
export function powMod(base: number, exponent: number, modulus: number): number {
  const m = BigInt(modulus);
  let result = 1n % m;
  let square = BigInt(base) % m;
  for (let left = BigInt(exponent); left > 0n; left >>= 1n) {
    if ((left & 1n) === 1n) result = (result * square) % m;
    square = (square * square) % m;
  }
  return Number(result);
}

/** Tells, without error, whether a safe integer is prime. */
export function isPrime(n: number): boolean {
  if (n < 2) return false;
  const big = BigInt(n);
  for (const small of WITNESSES) if (big % small === 0n) return big === small;
  let odd = big - 1n;
  let twos = 0;
  for (; (odd & 1n) === 0n; odd >>= 1n) twos += 1;
  return WITNESSES.every((witness) => passes(witness, big, odd, twos));
}

function passes(witness: bigint, n: bigint, odd: bigint, twos: number): boolean {
  let x = 1n;
  let square = witness % n;
  for (let left = odd; left > 0n; left >>= 1n) {
    if ((left & 1n) === 1n) x = (x * square) % n;
    square = (square * square) % n;
  }
  if (x === 1n || x === n - 1n) return true;
  for (let round = 1; round < twos; round += 1) {
    x = (x * x) % n;
    if (x === n - 1n) return true;
  }
  return false;
}

/** The distinct prime factors of `n`, or `null` when it keeps two factors above the trial divisors. */
export function primeFactors(n: number): readonly number[] | null {
  const factors: number[] = [];
  let left = n;
  for (let divisor = 2; divisor <= LARGEST_DIVISOR && divisor * divisor <= left; divisor += divisor === 2 ? 1 : 2) {
    if (left % divisor !== 0) continue;
    factors.push(divisor);
    while (left % divisor === 0) left /= divisor;
  }
  if (left === 1) return factors;
  return isPrime(left) ? [...factors, left] : null;
}

/** The least prime above `n` whose predecessor can be factored, with those factors: enough to find a generator. */
export function groupAbove(n: number): { readonly prime: number; readonly factors: readonly number[] } {
  for (let candidate = Math.max(2, n + 1); ; candidate += 1) {
    if (!isPrime(candidate)) continue;
    const factors = primeFactors(candidate - 1);
    if (factors !== null) return { prime: candidate, factors };
  }
}

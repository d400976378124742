/** Exact arithmetic on fractions of whole numbers of any size: every machine agrees on every digit. */

/** In lowest terms; the sign stands above. */
export interface Fraction {
  readonly over: bigint;
  /** Above zero. */
  readonly under: bigint;
}

/** `over / under`; `under` is not zero. */
export function fraction(over: bigint | number, under: bigint | number = 1n): Fraction {
  const [top, bottom] = [BigInt(over), BigInt(under)];
  const common = commonFactor(absolute(top), absolute(bottom)) * (bottom < 0n ? -1n : 1n);
  return { over: top / common, under: bottom / common };
}

export const plus = (a: Fraction, b: Fraction): Fraction =>
  fraction(a.over * b.under + b.over * a.under, a.under * b.under);
export const minus = (a: Fraction, b: Fraction): Fraction => plus(a, { over: -b.over, under: b.under });
export const times = (a: Fraction, b: Fraction): Fraction => fraction(a.over * b.over, a.under * b.under);
/** `b` is not zero. */
export const dividedBy = (a: Fraction, b: Fraction): Fraction => fraction(a.over * b.under, a.under * b.over);

/** Below, at or above zero as `a` is smaller than, equal to or greater than `b`. */
export function compared(a: Fraction, b: Fraction): number {
  const difference = a.over * b.under - b.over * a.under;
  return difference === 0n ? 0 : difference < 0n ? -1 : 1;
}

/** To the nearest whole number, a half upwards: 2.5 → 3, −2.5 → −2. */
export function roundedHalfUp({ over, under }: Fraction): bigint {
  return floored(2n * over + under, 2n * under);
}

/** To so many decimal places, a half upwards. */
export function roundedTo(places: number, value: Fraction): Fraction {
  const power = 10n ** BigInt(places);
  return fraction(roundedHalfUp(times(value, fraction(power))), power);
}

/** The square root to so many decimal places, a half upwards; `value` is not below zero. */
export function squareRoot(places: number, { over, under }: Fraction): Fraction {
  const power = 10n ** BigInt(places);
  // floor(2·√v·10ⁿ), and half of it rounded up, is √v·10ⁿ rounded
  const doubled = wholeRoot((4n * over * power * power) / under);
  return fraction((doubled + 1n) / 2n, power);
}

/** "-1122/2425", or "5" where it is whole. */
export function writtenExactly({ over, under }: Fraction): string {
  return under === 1n ? `${over}` : `${over}/${under}`;
}

/** "-0.25", without needless zeros; exact where so many places suffice. */
export function writtenDecimally(places: number, value: Fraction): string {
  const { over, under } = roundedTo(places, value);
  const digits = ((absolute(over) * 10n ** BigInt(places)) / under).toString().padStart(places + 1, '0');
  const [whole, rest] = [digits.slice(0, -places), digits.slice(-places).replace(/0+$/, '')];
  return `${over < 0n ? '-' : ''}${whole}${rest === '' ? '' : `.${rest}`}`;
}

/** Of "1", "0.25" or "-3/7"; undefined where the text is none of these. */
export function readFraction(text: string): Fraction | undefined {
  const ratio = /^(-?[0-9]+)\/([0-9]+)$/.exec(text);
  if (ratio !== null) {
    const [over, under] = [BigInt(ratio[1] as string), BigInt(ratio[2] as string)];
    return under === 0n ? undefined : fraction(over, under);
  }
  const decimal = /^(-?[0-9]+)(?:\.([0-9]+))?$/.exec(text);
  if (decimal === null) return undefined;
  const [, whole, rest = ''] = decimal as unknown as readonly [string, string, string?];
  return fraction(BigInt(whole + rest), 10n ** BigInt(rest.length));
}

function floored(over: bigint, under: bigint): bigint {
  const quotient = over / under;
  return over % under < 0n ? quotient - 1n : quotient;
}

/** The greatest whole number whose square is not above `value`: Newton's method from above. */
function wholeRoot(value: bigint): bigint {
  if (value < 2n) return value;
  let root = 1n << BigInt((value.toString(2).length + 1) >> 1);
  for (;;) {
    const next = (root + value / root) >> 1n;
    if (next >= root) return root;
    root = next;
  }
}

function absolute(value: bigint): bigint {
  return value < 0n ? -value : value;
}

function commonFactor(a: bigint, b: bigint): bigint {
  let [greater, smaller] = [a, b];
  while (smaller !== 0n) [greater, smaller] = [smaller, greater % smaller];
  return greater;
}

/** Digits five rows high, to be read from across a desk. */
export function largeNumber(number: string): readonly string[] {
  const digits = [...number].filter((digit) => digit in DIGITS);
  return [0, 1, 2, 3, 4].map((row) => digits.map((digit) => DIGITS[digit]![row]).join('  '));
}

const DIGITS: Readonly<Record<string, readonly string[]>> = {
  0: ['█████', '█   █', '█   █', '█   █', '█████'],
  1: ['  █  ', ' ██  ', '  █  ', '  █  ', '█████'],
  2: ['█████', '    █', '█████', '█    ', '█████'],
  3: ['█████', '    █', ' ████', '    █', '█████'],
  4: ['█   █', '█   █', '█████', '    █', '    █'],
  5: ['█████', '█    ', '█████', '    █', '█████'],
  6: ['█████', '█    ', '█████', '█   █', '█████'],
  7: ['█████', '    █', '   █ ', '  █  ', '  █  '],
  8: ['█████', '█   █', '█████', '█   █', '█████'],
  9: ['█████', '█   █', '█████', '    █', '█████'],
};

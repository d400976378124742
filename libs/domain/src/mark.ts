/** What a person may type as a mark, and how a mark is written. Input is refused, never repaired. */

/** A mark (in points, or in half-points where there are half marks), or `ABS` for absent or no work submitted. */
export type Value = number | 'ABS';

export interface MarkScale {
  /** In points. */
  readonly maximum: number;
  readonly halfMarks: boolean;
}

export type MarkRefusal =
  | { readonly reason: 'MarkMalformed'; readonly typed: string }
  /** A half where marks are whole. */
  | { readonly reason: 'MarkNotHalf'; readonly typed: string }
  /** In points. */
  | { readonly reason: 'MarkOutOfRange'; readonly maximum: number };

/** A mark in the unit of the component (half-points where it has half marks), `ABS`, or the wish to clear. */
export type TypedMark = Value | 'CLEAR';

const WHOLE = /^(?:0|[1-9][0-9]*)$/;
const HALF = /^(?:0|[1-9][0-9]*)\.5$/;

/** Takes exactly `0`, `34`, `7.5` (where allowed), `ABS` and `CLEAR`; not `7.`, `07`, ` 7 `, `7e0`, `+7` or `７`. */
export function parseMark(
  text: string,
  scale: MarkScale,
): { readonly parsed: TypedMark } | { readonly refused: MarkRefusal } {
  if (text === 'ABS' || text === 'CLEAR') return { parsed: text };
  const half = HALF.test(text);
  if (!half && !WHOLE.test(text)) return { refused: { reason: 'MarkMalformed', typed: text } };
  if (half && !scale.halfMarks) return { refused: { reason: 'MarkNotHalf', typed: text } };
  const points = Number(text);
  if (points > scale.maximum) return { refused: { reason: 'MarkOutOfRange', maximum: scale.maximum } };
  return { parsed: inUnit(points, scale.halfMarks) };
}

/** As a person reads it, and as parseMark takes it back; `value` in the unit of the component, '' where there is none. */
export function formatMark(value: Value | undefined, halfMarks: boolean): string {
  return value === undefined ? '' : String(inPoints(value, halfMarks));
}

/** Points → unit of the component. */
export function inUnit(points: number, halfMarks: boolean): number {
  return halfMarks ? points * 2 : points;
}

/** Unit of the sheet → points; `ABS` stays what it is. */
export function inPoints(value: Value, halfMarks: boolean): Value {
  return typeof value === 'number' && halfMarks ? value / 2 : value;
}

/** Zero and full marks ask for a confirmation. Both in the same unit. */
export function isExtreme(value: Value, maximum: number): boolean {
  return value === 0 || value === maximum;
}

/** What of a file somebody wants who sends these headers: RFC 9110, conditional requests and one range of bytes. */
import type { ByteRange } from '../files/file-store.js';

export interface AskedHeaders {
  readonly ifNoneMatch: string | undefined;
  readonly range: string | undefined;
  readonly ifRange: string | undefined;
}

export type WantedContent =
  | { readonly kind: 'whole' }
  | { readonly kind: 'part'; readonly range: ByteRange }
  /** They have it. */
  | { readonly kind: 'unchanged' }
  | { readonly kind: 'unsatisfiable' };

/** `etag` in its quotes, `size` in bytes. What is not understood, and more than one range, is the whole file. */
export function wantedContent({ ifNoneMatch, range, ifRange }: AskedHeaders, etag: string, size: number): WantedContent {
  if (ifNoneMatch !== undefined && matches(ifNoneMatch, etag)) return { kind: 'unchanged' };
  const [, first, last] = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(range?.trim() ?? '') ?? [];
  if (first === undefined || last === undefined || (first === '' && last === '')) return WHOLE;
  if (ifRange !== undefined && ifRange !== etag) return WHOLE;
  if (first === '') return Number(last) === 0 ? UNSATISFIABLE : part(Math.max(size - Number(last), 0), size - 1, size);
  if (last !== '' && Number(last) < Number(first)) return WHOLE;
  return part(Number(first), last === '' ? size - 1 : Math.min(Number(last), size - 1), size);
}

function part(from: number, to: number, size: number): WantedContent {
  return from >= size ? UNSATISFIABLE : { kind: 'part', range: { from, to } };
}

/** Weak or strong: whether somebody has it already is the same question. */
function matches(ifNoneMatch: string, etag: string): boolean {
  const tags = ifNoneMatch.split(',').map((tag) => tag.trim().replace(/^W\//, ''));
  return tags.some((tag) => tag === '*' || tag === etag);
}

const WHOLE = { kind: 'whole' } as const;
const UNSATISFIABLE = { kind: 'unsatisfiable' } as const;

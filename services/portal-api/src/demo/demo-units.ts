/**
 * Units to moderate, the same on every machine. The first is as its principal finds it, with everything still to be
 * reviewed; in the second three centres wait for approval: one generous at the top, one whose order is doubtful, one
 * within the tolerance with an absent and carried-forward candidates.
 */
import { MODERATOR1, MODERATOR2, PRINCIPAL, type DemoComponent } from './demo-data.js';
import { words, type Words } from './words.js';

export interface DemoCentre {
  readonly centre: string;
  readonly name: string;
  readonly moderator: string;
  /** Of candidates `0001` and on: a mark, `ABS` or `CF`. */
  readonly marks: readonly string[];
  readonly names: readonly string[];
  /** What the moderator makes of the sampled, by their marks in the order of their numbers; absent: nothing yet. */
  readonly reviewed?: (marks: readonly number[]) => readonly number[];
}

export interface DemoUnit extends Omit<DemoComponent, 'candidates' | 'centres'> {
  readonly sampleRule: 'jcq-classic';
  readonly centres: readonly DemoCentre[];
}

const MAXIMUM = 50;

export function demoUnits(): readonly DemoUnit[] {
  return [oral(), writing()];
}

const shared = {
  qualification: 'GCSE',
  series: 'June 2017',
  maximum: MAXIMUM,
  sampleRule: 'jcq-classic',
  deadline: '2017-06-15T22:59:00Z',
  team: [
    { person: PRINCIPAL, role: 'principal' },
    { person: MODERATOR1, role: 'moderator', senior: PRINCIPAL },
    { person: MODERATOR2, role: 'moderator', senior: PRINCIPAL },
  ],
} as const;

/** 506 candidates in six centres, of whom 74 are sampled. */
function oral(): DemoUnit {
  const word = words(3001);
  const sizes = [4, 38, 52, 101, 105, 206];
  return {
    ...shared,
    component: '3000N1@2017-06',
    titles: { en: 'WELSH LANGUAGE UNED 1 - LLAFAR', cy: 'CYMRAEG IAITH UNED 1 - LLAFAR' },
    centres: sizes.map((size, at) => centre(68301 + at, at % 2 === 0 ? MODERATOR1 : MODERATOR2, marks(size, word), word)),
  };
}

function writing(): DemoUnit {
  const word = words(3002);
  const withCodes = [...marks(13, word), 'ABS', 'CF', 'CF'];
  return {
    ...shared,
    component: '3000N2@2017-06',
    titles: { en: 'WELSH LANGUAGE UNED 2 - YSGRIFENNU', cy: 'CYMRAEG IAITH UNED 2 - YSGRIFENNU' },
    centres: [
      { ...centre(68307, MODERATOR1, marks(24, word), word), reviewed: generousAtTheTop },
      { ...centre(68308, MODERATOR1, marks(18, word), word), reviewed: inAnotherOrder },
      { ...centre(68309, MODERATOR2, withCodes, word), reviewed: (given) => given.map((mark, at) => within(mark + (at % 3) - 1)) },
    ],
  };
}

function centre(number: number, moderator: string, given: readonly string[], word: Words): DemoCentre {
  return { centre: String(number), name: word.school(), moderator, marks: given, names: given.map(() => word.person()) };
}

/** Spread over the scale, and none of them zero. */
function marks(size: number, word: Words): readonly string[] {
  return Array.from({ length: size }, () => String(8 + word.number(MAXIMUM - 7)));
}

/** A third of what is above half the maximum is not there. */
function generousAtTheTop(given: readonly number[]): readonly number[] {
  return given.map((mark) => mark - Math.round(Math.max(0, mark - MAXIMUM / 2) / 3));
}

/** Each gets the mark of another, far away in the order. */
function inAnotherOrder(given: readonly number[]): readonly number[] {
  const ranked = given.toSorted((a, b) => a - b);
  const half = Math.ceil(ranked.length / 2);
  const other = (at: number): number => (at < half ? at + Math.floor(ranked.length / 2) : at - half);
  return given.map((mark) => ranked[other(ranked.indexOf(mark))] as number);
}

const within = (mark: number): number => Math.min(MAXIMUM, Math.max(0, mark));

/** A small unit for tests of moderation, set up over HTTP: three centres and a consortium, two moderators, a team above them. */
import type { CentreMarksAnswer, IamisCentre, IamisCounts, IamisOutcome, IamisSample, IamisSummary } from '@portal/contract';
import { imported, succeeded } from './one-component.js';
import type { Answer, Person, Portal } from './portal.js';

export const UNIT = '3000N1@2017-06';
/** Twelve candidates, of whom ten are sampled; one is ABS and one CF besides. */
export const FIRST = '68201';
/** Four candidates, all of them sampled. */
export const SECOND = '68202';
/** Nobody has it, and no marks have come. */
export const THIRD = '68203';
/** A consortium of two. */
export const LEADING = '68204';
export const FOLLOWING = '68205';

export interface Unit {
  readonly portal: Portal;
  readonly admin: Person;
  readonly auditor: Person;
  /** Has the first centre and the consortium. */
  readonly mair: Person;
  /** Has the second. */
  readonly nia: Person;
  readonly leader: Person;
  readonly principal: Person;
  readonly chair: Person;
}

export const unitPath = (component = UNIT): string => `/iamis/${encodeURIComponent(component)}`;
export const centrePath = (centre: string, what: string): string => `${unitPath()}/centres/${centre}/${what}`;
export const sampledPath = (centre: string, candidate: string, what: string): string => centrePath(centre, `candidates/${candidate}/${what}`);
export const marksPath = `/admin/components/${encodeURIComponent(UNIT)}/centre-marks`;

export const unitSettings = (more: object = {}): object => ({
  component: UNIT,
  kind: 'IAMIS',
  series: 'June 2017',
  qualification: 'GCSE',
  titles: { en: 'WELSH LANGUAGE UNED 1 - LLAFAR', cy: 'CYMRAEG IAITH UNED 1 - LLAFAR' },
  maximum: 50,
  deadline: '2099-05-15T22:59:00Z',
  sampleRule: 'jcq-classic',
  ...more,
});

export type MarkRow = { readonly CentreNo: string; readonly CandidateNo: string; readonly Mark: string; readonly TeachingGroup?: string };

/** `0001` and on, with these marks. */
export const markRows = (centre: string, marks: readonly (number | string)[]): readonly MarkRow[] =>
  marks.map((mark, at) => ({ CentreNo: centre, CandidateNo: String(at + 1).padStart(4, '0'), Mark: String(mark) }));

export const FIRST_MARKS = [48, 45, 41, 38, 36, 33, 30, 27, 22, 18, 14, 9, 'ABS', 'CF'] as const;
export const SECOND_MARKS = [40, 30, 20, 10] as const;

export async function setUpUnit(portal: Portal): Promise<Unit> {
  const admin = await portal.person('admin', ['admin']);
  const auditor = await portal.person('auditor', ['auditor']);
  const [mair, nia, leader, principal, chair] = (await Promise.all(
    ['mair', 'nia', 'leader', 'principal', 'chair'].map((name) => portal.person(name)),
  )) as [Person, Person, Person, Person, Person];
  const team = [
    { Person: chair.username, Role: 'chair' },
    { Person: principal.username, Role: 'principal' },
    { Person: leader.username, Role: 'team-leader', Senior: principal.username },
    { Person: mair.username, Role: 'moderator', Senior: leader.username },
    { Person: nia.username, Role: 'moderator', Senior: principal.username },
  ];
  const centres = [
    ...[FIRST, SECOND, THIRD].map((CentreNo) => ({ CentreNo, Name: `Ysgol ${CentreNo}` })),
    ...[LEADING, FOLLOWING].map((CentreNo) => ({ CentreNo, Name: `Ysgol ${CentreNo}`, Consortium: 'Arfon' })),
  ];
  const names = markRows(FIRST, FIRST_MARKS).map(({ CentreNo, CandidateNo }) => ({ Series: 'June 2017', CentreNo, CandidateNo, Name: `Pupil ${CandidateNo}` }));
  const allocation = [
    { CentreNo: FIRST, Moderator: mair.username },
    { CentreNo: SECOND, Moderator: nia.username },
    { CentreNo: FOLLOWING, Moderator: mair.username },
  ];
  await imported(admin, 'centres', centres);
  await imported(admin, 'candidates', names);
  const component = `components/${encodeURIComponent(UNIT)}`;
  await succeeded(admin, 'PUT', `/admin/${component}`, unitSettings());
  await imported(admin, `${component}/team`, team);
  await imported(admin, `${component}/allocations`, allocation);
  return { portal, admin, auditor, mair, nia, leader, principal, chair };
}

export const importMarks = (admin: Person, rows: readonly unknown[], how: object = {}, commandId?: string): Promise<Answer<CentreMarksAnswer>> =>
  admin.ask<CentreMarksAnswer>('POST', marksPath, { body: { rows, ...how }, ...(commandId !== undefined && { commandId }) });

/** With marks in and closed. */
export async function openCentres(unit: Unit): Promise<void> {
  const rows = [...markRows(FIRST, FIRST_MARKS), ...markRows(SECOND, SECOND_MARKS)];
  const answer = await importMarks(unit.admin, rows, { submit: true });
  if (answer.status !== 200 || answer.body.refused.length > 0) throw new Error(JSON.stringify(answer.body));
}

export const sampleOf = (person: Person, centre: string): Promise<IamisSample> => person.get(centrePath(centre, 'sample'));
export const outcomeOf = (person: Person, centre: string): Promise<IamisOutcome> => person.get(centrePath(centre, 'outcome'));

/** By capacity, e.g. `principal` or `principal; member=…`. */
export const as = (capacity: string): Readonly<Record<string, string>> => ({ 'portal-capacity': capacity });

export type Name = Exclude<keyof Unit, 'portal'>;

/** A path that is answered when the views have seen everything recorded so far. */
export async function now({ portal }: Pick<Unit, 'portal'>, path: string): Promise<string> {
  return `${path}?atLeast=${await portal.foundation.events.head()}`;
}

export async function rowOf(unit: Unit, name: Name, capacity?: string): Promise<readonly number[]> {
  const headers = capacity === undefined ? {} : as(capacity);
  return countsOf(await unit[name].get<IamisSummary>(await now(unit, unitPath()), headers));
}

/** In the order of the page. */
export const countsOf = (row: IamisCounts): readonly number[] => [
  row.totalCentres,
  row.totalSampleCandidates,
  row.totalReportsCompleted,
  row.reviewRemaining,
  row.totalEntered,
  row.totalCfAbs,
  row.totalNewMarks,
];

export async function centreOf(unit: Unit, name: Name, centre: string): Promise<IamisCentre | undefined> {
  const all = await unit[name].get<IamisCentre[]>(await now(unit, `${unitPath()}/centres`));
  return all.find((one) => one.centre === centre);
}

export const REPORT = { language: 'en', accuracy: 'Accurate.\n\nTwice over.', administration: 'In order.', tasks: 'Suitable.' } as const;

/** Every candidate of the sample gets the centre's mark and so many more. */
export async function reviewAll(person: Person, centre: string, more: (mark: number, at: number) => number): Promise<void> {
  const { candidates } = await sampleOf(person, centre);
  for (const [at, one] of candidates.entries()) {
    const mark = String(Number(one.centreMark) + more(Number(one.centreMark), at));
    await succeeded(person, 'PUT', sampledPath(one.centre, one.candidate, 'mark'), { mark });
  }
}

export async function finish(person: Person, centre: string): Promise<void> {
  await succeeded(person, 'PUT', centrePath(centre, 'report'), { ...REPORT, complete: true });
  await succeeded(person, 'POST', centrePath(centre, 'submission'), {});
}

/** A small examination for tests, set up by an administrator over HTTP: two centres, two examiners, a team above them. */
import type { ImportAnswer } from '@portal/contract';
import type { Person, Portal } from './portal.js';

export const COMPONENT = '9521/01@2017-01';
export const HALVES = '9600/01@2017-06';
export const CENTRE = '68101';
export const OTHER_CENTRE = '68102';
export const MAXIMUM = 80;

export interface Examination {
  readonly admin: Person;
  /** Has 0001–0008 of the centre and 0001–0003 of the other. */
  readonly anna: Person;
  /** Has 0009 and 0010 of the centre. */
  readonly bryn: Person;
  readonly leader: Person;
  readonly principal: Person;
  readonly auditor: Person;
}

export const sheetPath = (centre = CENTRE, component = COMPONENT): string => `/emi/${encodeURIComponent(component)}/sheets/${centre}`;

export const markPath = (candidate: string, centre = CENTRE, component = COMPONENT): string =>
  `${sheetPath(centre, component)}/candidates/${candidate}/mark`;

export const submissionsPath = `/emi/${encodeURIComponent(COMPONENT)}/submissions`;

export const settings = (component: string, more: object = {}): object => ({
  component,
  kind: 'EMI',
  series: component.endsWith('-06') ? 'June 2017' : 'January 2017',
  qualification: 'GCSE',
  titles: { en: 'LATIN LANGUAGE CORE: LEVEL 2', cy: 'IAITH LADIN CRAIDD: LEFEL 2' },
  maximum: MAXIMUM,
  deadline: '2099-02-12T23:59:00Z',
  ...more,
});

export async function setUp(portal: Portal): Promise<Examination> {
  const admin = await portal.person('admin', ['admin']);
  const auditor = await portal.person('auditor', ['auditor']);
  const [anna, bryn, leader, principal] = await Promise.all(
    ['anna', 'bryn', 'leader', 'principal'].map((name) => portal.person(name)),
  ) as [Person, Person, Person, Person];
  const team = [
    { Person: principal.username, Role: 'principal' },
    { Person: leader.username, Role: 'team-leader', Senior: principal.username },
    { Person: anna.username, Role: 'examiner', Senior: leader.username },
    { Person: bryn.username, Role: 'examiner', Senior: leader.username },
  ];
  const centres = [CENTRE, OTHER_CENTRE].map((CentreNo) => ({ CentreNo, Name: `Ysgol ${CentreNo}` }));
  const allocation = [
    ...rows(CENTRE, 1, 8, anna.username),
    ...rows(CENTRE, 9, 10, bryn.username),
    ...rows(OTHER_CENTRE, 1, 3, anna.username),
  ];
  const names = allocation.map(({ CentreNo, CandidateNo }) => {
    return { Series: 'January 2017', CentreNo, CandidateNo, UCI: `${CentreNo}0170${CandidateNo}`.slice(0, 13), Name: `Pupil ${CandidateNo}` };
  });
  await imported(admin, 'centres', centres);
  await imported(admin, 'candidates', names);
  for (const component of [COMPONENT, HALVES]) {
    const own = component === HALVES ? { maximum: 20, halfMarks: true } : {};
    await succeeded(admin, 'PUT', `/admin/components/${encodeURIComponent(component)}`, settings(component, own));
    await imported(admin, `components/${encodeURIComponent(component)}/team`, team);
    await imported(admin, `components/${encodeURIComponent(component)}/allocations`, allocation);
  }
  return { admin, anna, bryn, leader, principal, auditor };
}

export function rows(centre: string, from: number, to: number, examiner: string) {
  return Array.from({ length: to - from + 1 }, (_, index) => {
    return { CentreNo: centre, CandidateNo: String(from + index).padStart(4, '0'), Examiner: examiner };
  });
}

export async function imported(admin: Person, path: string, given: readonly object[]): Promise<void> {
  const answer = (await succeeded(admin, 'POST', `/admin/${path}`, { rows: given })) as unknown as ImportAnswer;
  if (answer.refused.length > 0) throw new Error(JSON.stringify(answer.refused));
}

/** The body of an answer that must be 200. */
export async function succeeded(person: Person, method: string, path: string, body: unknown): Promise<Record<string, unknown>> {
  const answer = await person.ask(method, path, { body });
  if (answer.status !== 200) throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
  return answer.body;
}

export const enter = (person: Person, candidate: string, mark: string, more: object = {}, centre = CENTRE): Promise<Record<string, unknown>> =>
  succeeded(person, 'PUT', markPath(candidate, centre), { mark, ...more });

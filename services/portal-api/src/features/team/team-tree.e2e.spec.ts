import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { TeamNode } from '@portal/contract';
import { COMPONENT, imported, setUp, type Examination } from '../../testing/one-component.js';
import { setUpUnit, UNIT, type Unit } from '../../testing/one-unit.js';
import { startPortal, type Person, type Portal } from '../../testing/portal.js';

let portal: Portal;
let unit: Unit;
let exam: Examination;
beforeAll(async () => {
  portal = await startPortal();
  unit = await setUpUnit(portal);
  exam = await setUp(portal);
});
afterAll(() => portal.stop());

/** `name(names below)`. */
type Shape = readonly (string | readonly [string, Shape])[];
const nameOf = ({ person }: TeamNode): string => person.split('@', 1)[0] as string;
const shapeOf = (nodes: readonly TeamNode[]): Shape => nodes.map((one) => (one.members.length === 0 ? nameOf(one) : [nameOf(one), shapeOf(one.members)]));
const path = (component: string): string => `/team/${encodeURIComponent(component)}`;
const seen = async (person: Person, component: string): Promise<Shape> => {
  return shapeOf(await person.get<TeamNode[]>(`${path(component)}?atLeast=${await portal.foundation.events.head()}`));
};
const own = (person: Person): string => person.username.split('@', 1)[0] as string;

describe('a team', () => {
  it('is seen whole by who answers for it or reads everything, else what is above and below', async () => {
    const [mair, nia, leader, principal, chair] = [unit.mair, unit.nia, unit.leader, unit.principal, unit.chair].map(own) as [string, string, string, string, string];
    const whole = [chair, [principal, [[leader, [mair]], nia]]];
    for (const person of [unit.principal, unit.chair, unit.auditor, unit.admin]) expect(await seen(person, UNIT)).toEqual(whole);
    expect(await seen(unit.leader, UNIT)).toEqual([[principal, [[leader, [mair]]]]]);
    expect(await seen(unit.mair, UNIT)).toEqual([[principal, [[leader, [mair]]]]]);
    expect(await seen(unit.nia, UNIT)).toEqual([[principal, [nia]]]);
    expect(await seen(exam.anna, COMPONENT)).toEqual([[own(exam.principal), [[own(exam.leader), [own(exam.anna)]]]]]);
    expect(await seen(exam.leader, COMPONENT)).toEqual([[own(exam.principal), [[own(exam.leader), [own(exam.anna), own(exam.bryn)]]]]]);
  });

  it('is nothing to whoever has no part in it', async () => {
    const stranger = await portal.person('stranger');
    const refused = { status: 403, body: { type: 'not-permitted', field: 'component' } };
    for (const asked of [path(UNIT), path(COMPONENT), `/iamis/${encodeURIComponent(UNIT)}/centres`, `/emi/${encodeURIComponent(COMPONENT)}/sheets`]) {
      expect(await stranger.ask('GET', asked)).toMatchObject(refused);
    }
    expect(await unit.mair.ask('GET', path(COMPONENT))).toMatchObject(refused);
    // Whoever has a centre has a part, before they are placed.
    await imported(unit.admin, `components/${encodeURIComponent(UNIT)}/allocations`, [{ CentreNo: '68203', Moderator: stranger.username }]);
    expect(await seen(stranger, UNIT)).toEqual([]);
    expect(await stranger.get(`/iamis/${encodeURIComponent(UNIT)}/centres`)).toMatchObject([{ centre: '68203' }]);
  });

  it('names each member once, whatever they are besides', async () => {
    const more = [{ Person: unit.nia.username, Role: 'team-leader', Senior: unit.principal.username }, { Person: unit.nia.username, Role: 'chair' }];
    await imported(unit.admin, `components/${encodeURIComponent(UNIT)}/team`, more);
    const all = (shape: Shape): readonly string[] => shape.flatMap((one) => (typeof one === 'string' ? [one] : [one[0], ...all(one[1])]));
    const names = all(await seen(unit.chair, UNIT));
    expect(names.toSorted()).toEqual([unit.mair, unit.nia, unit.leader, unit.principal, unit.chair].map(own).toSorted());
  });
});

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import type { Comparison, IamisCentre, IamisSummary, ServiceEntry } from '@portal/contract';
import { eventId } from '@portal/event-store';
import { as, countsOf } from '../testing/one-unit.js';
import { startPortal, type Person, type Portal } from '../testing/portal.js';
import { Views } from '../platform/views.js';
import { demoUnits } from './demo-units.js';
import { loadUnit } from './load-units.js';

let portal: Portal;
let principal: Person;
beforeAll(async () => {
  portal = await startPortal();
  principal = await portal.person('principal');
  await portal.person('moderator1');
  await portal.person('moderator2');
  const session = 'b1d5a0de-0000-5000-8000-000000000001';
  const by = { actor: 'process:demo', capacity: 'admin', session: 'process', authMethod: 'process', correlationId: session };
  const [commands, queries, views] = [portal.app.get(CommandBus), portal.app.get(QueryBus), portal.app.get(Views)];
  for (const unit of demoUnits()) await loadUnit({ commands, queries, views, contextOf: (name) => ({ ...by, commandId: eventId(session, name, 0) }) }, unit);
  await views.caughtUp();
});
afterAll(() => portal.stop());

const path = (code: string, more = ''): string => `/iamis/${code}${more}`;

describe('the first unit of the demo', () => {
  it('is the page of the brief', async () => {
    const [first] = await principal.get<IamisSummary[]>('/iamis');
    expect(first).toMatchObject({ code: '3000N1', qualification: 'GCSE', series: 'June 2017', title: 'WELSH LANGUAGE UNED 1 - LLAFAR', maximum: 50 });
    expect(countsOf(first as IamisSummary)).toEqual([6, 74, 0, 74, 506, 0, 506]);
    const centres = await principal.get<IamisCentre[]>(path('3000N1', '/centres'));
    expect(centres.map(({ entered, sample }) => [entered, sample])).toEqual([[4, 4], [38, 10], [52, 10], [101, 15], [105, 15], [206, 20]]);
    const services = await principal.get<ServiceEntry[]>('/services');
    expect(services.find(({ service }) => service === 'iamis')).toMatchObject({ waiting: 74 });
  });

  it('is the sum of what its two moderators have', async () => {
    const rows = await Promise.all(['moderator1', 'moderator2'].map(async (name) => (await portal.person(name)).get<IamisSummary>(path('3000N1'))));
    const [one, other] = rows.map(countsOf) as [readonly number[], readonly number[]];
    expect(one.map((count, at) => count + (other[at] as number))).toEqual([6, 74, 0, 74, 506, 0, 506]);
    const member = await principal.get<IamisSummary>(path('3000N1'), as('principal; member=moderator1@wjec-appointees.co.uk'));
    expect(countsOf(member)).toEqual(one);
    expect(member.capacity).toEqual({ role: 'principal', member: 'moderator1@wjec-appointees.co.uk' });
  });
});

describe('the second unit of the demo', () => {
  it('has a centre generous at the top, one whose order is doubtful, one with codes, all waiting for approval', async () => {
    const centres = await principal.get<IamisCentre[]>(path('3000N2', '/centres'));
    expect(centres.map(({ state, outcome, cfAbs }) => [state, outcome, cfAbs])).toEqual([
      ['submitted', 'adjusted', 0],
      ['submitted', 'order-doubtful', 0],
      ['submitted', 'accepted', 3],
    ]);
  });

  it('gives the principal something to compare', async () => {
    const options = [{ method: 'ols' }, { method: 'constant' }, { method: 'piecewise', anchors: [{ at: 25, difference: 0 }, { at: 50, difference: -8 }] }, { method: 'accept' }];
    const before = (await portal.log()).length;
    const { status, body } = await principal.ask<Comparison[]>('POST', path('3000N2', '/centres/68307/what-if'), { body: { options } });
    expect([status, (await portal.log()).length]).toEqual([200, before]);
    const residuals = body.map(({ residual }) => residual);
    // What a centre does at one end only is met by a broken line, and by no straight one.
    expect(Math.min(...residuals)).toBe(residuals[2]);
    expect(body.map(({ moved, orderKept }) => [moved > 0, orderKept])).toEqual([[true, true], [true, true], [true, true], [false, true]]);
  });
});

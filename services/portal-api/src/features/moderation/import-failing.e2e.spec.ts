import { afterEach, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { moderationStream } from '@portal/domain';
import { createStreams, type EventStore } from '@portal/event-store';
import { FIRST, FIRST_MARKS, importMarks, markRows, rowOf, SECOND, SECOND_MARKS, setUpUnit, UNIT } from '../../testing/one-unit.js';
import type { Foundation } from '../../platform/platform.module.js';
import { startPortal, type Portal } from '../../testing/portal.js';

let portal: Portal;
afterEach(() => portal.stop());

/** The disk has no room for one stream, as long as `isFull` says so. */
function filling(store: EventStore, stream: string, isFull: () => boolean): EventStore {
  const append: EventStore['append'] = async (name, events, expected) =>
    name === stream && isFull() ? { kind: 'full' } : store.append(name, events, expected);
  return new Proxy(store, {
    get: (real, name) => {
      if (name === 'append') return append;
      const member: unknown = Reflect.get(real, name);
      return typeof member === 'function' ? (member.bind(real) as unknown) : member;
    },
  });
}

const full = (isFull: () => boolean) => (foundation: Foundation): Foundation => {
  const events = filling(foundation.events, moderationStream(UNIT, SECOND), isFull);
  return { ...foundation, events, streams: createStreams(events, { clock: foundation.clock }) };
};

it('a file that failed in the middle is said to be unknown, and is whole when it is sent again', async () => {
  let isFull = false;
  portal = await startPortal({ alter: full(() => isFull) });
  const unit = await setUpUnit(portal);
  const rows = [...markRows(FIRST, FIRST_MARKS), ...markRows(SECOND, SECOND_MARKS)];
  const commandId = randomUUID();
  const send = () => importMarks(unit.admin, rows, { submit: true }, commandId);
  isFull = true;
  expect(await send()).toMatchObject({ status: 503, body: { type: 'outcome-unknown' } });
  expect(await send()).toMatchObject({ status: 503 });
  isFull = false;
  expect(await send()).toMatchObject({ status: 200, body: { accepted: 18, unchanged: 0, refused: [], submitted: [FIRST, SECOND] } });
  expect(await rowOf(unit, 'principal')).toEqual([4, 14, 0, 14, 18, 2, 16]);
  const drawn = (await portal.log()).filter(({ type }) => type === 'SampleDrawn');
  expect(drawn.map(({ stream }) => stream).toSorted()).toEqual([FIRST, SECOND].map((centre) => moderationStream(UNIT, centre)));
});

it('a file that a crash left in the middle is finished at the next start, and answered as it was judged', async () => {
  let isFull = false;
  portal = await startPortal({ keep: true, alter: full(() => isFull) });
  const unit = await setUpUnit(portal);
  isFull = true;
  const rows = [...markRows(FIRST, FIRST_MARKS), ...markRows(SECOND, SECOND_MARKS)];
  const commandId = randomUUID();
  expect(await importMarks(unit.admin, rows, { submit: true }, commandId)).toMatchObject({ status: 503 });
  const { folder } = portal;
  await portal.stop();
  portal = await startPortal({ folder });
  const received = (await portal.log()).filter(({ type }) => type === 'CentreMarksReceived');
  expect(received.map(({ stream }) => stream).toSorted()).toEqual([FIRST, SECOND].map((centre) => moderationStream(UNIT, centre)));
  const count = (await portal.log()).length;
  const admin = await portal.person('admin', ['admin']);
  const again = await importMarks(admin, rows, { submit: true }, commandId);
  expect(again).toMatchObject({ status: 200, body: { accepted: 18, unchanged: 0, refused: [], submitted: [FIRST, SECOND] } });
  expect((await portal.log()).length).toBe(count);
});

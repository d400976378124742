import { HOSTILE, latin, me, receipt, rig, services, sheet, sheets, type Rig, type Told } from './app.testing.js';
import type { Size } from './platform/screen.js';

/** The pages whose whole frames are written down in `app.frames.spec.ts`, each reached as a person reaches it. */
export const FRAMES: Readonly<Record<string, (size: Size) => Rig>> = {
  landing,
  username: (size) => pressed(landing(size), '\r', 'user7@wjec-appointees.co.uk'),
  password,
  'password refused': (size) =>
    told(pressed(password(size), '\r'), { type: 'refused', sentence: { id: 'problem.password-refused' }, startsAgain: false }),
  'forgotten my password': (size) => pressed(password(size), '\t\r'),
  'stay signed in': (size) => told(pressed(password(size), '\r'), { type: 'stepped', step: 'stay' }),
  'all services before it is known who is here': (size) => {
    const one = rig('services-menu', {}, size, null);
    one.send({ type: 'connection', connection: { kind: 'recognising', queued: 0 } });
    return one;
  },
  'all services': (size) => told(rig('services-menu', {}, size), { type: 'loaded', services }),
  EMI: emi,
  'help on EMI': (size) => pressed(emi(size), '?'),
  'mark sheets': list,
  'mark sheets filtered': (size) => pressed(list(size), '/card'),
  'session ended over the mark sheets': (size) => {
    const one = pressed(list(size), 'j');
    one.send({ type: 'session-ended' });
    return one;
  },
  'submission waits': (size) => told(rig('submission', { component: latin }, size), { type: 'waiting', queued: 3, isOffline: true }),
  'submission summary': summary,
  'submission with values not taken': (size) => notTaken(size),
  'submission confirmed with values not taken': (size) => pressed(notTaken(size), '\r'),
  'submission confirmed': (size) => pressed(summary(size), '\r'),
  receipt: (size) => told(pressed(summary(size), '\r\r'), { type: 'submitted', receipt }),
  palette: (size) => pressed(emi(size), ':back'),
  'leaving with marks not sent': (size) => {
    const one = told(rig('services-menu', {}, size), { type: 'loaded', services });
    one.send({ type: 'connection', connection: { kind: 'offline', queued: 2 } });
    return pressed(one, 'q');
  },
  'hostile names': (size) =>
    told(rig('sheets', { component: latin }, size), { type: 'loaded', sheets: [{ ...sheets[0]!, name: HOSTILE }] }),
};

/** The frame as text; `⋮ 12` stands for twelve empty rows. */
export function shown(name: string, size: Size): string {
  return textOf(FRAMES[name]!(size));
}

export function textOf(one: Rig): string {
  return one.text().replace(/(?<=\n)\n{2,}/g, (empty) => `⋮ ${empty.length}\n`);
}

function landing(size: Size): Rig {
  const one = rig('sign-in', {}, size);
  one.send({ type: 'signed-out' });
  const credentials = [{ username: me.username, password: 'made-up-for-this', displayName: me.displayName, roles: ['appointee'] }];
  return told(one, { type: 'welcomed', credentials, server: 'http://127.0.0.1:4100' });
}

function password(size: Size): Rig {
  const one = pressed(landing(size), '\r', 'user7@wjec-appointees.co.uk', '\r');
  return pressed(told(one, { type: 'stepped', step: 'password' }), 'secret');
}

function emi(size: Size): Rig {
  const second = { ...latin, left: 1200, entered: 5, submitted: 20, outstanding: 3, deadline: '2017-01-12T23:59:00.000Z' };
  return told(rig('emi', {}, size), { type: 'loaded', components: [latin, second] });
}

function list(size: Size): Rig {
  return told(rig('sheets', { component: latin }, size), { type: 'loaded', sheets });
}

function summary(size: Size): Rig {
  return told(rig('submission', { component: latin }, size), { type: 'prepared', sheets: [sheet], left: 286 });
}

function notTaken(size: Size): Rig {
  const typed = [{ centre: '68101', candidate: '0007', typed: '85' }, { centre: '68102', candidate: '0003', typed: HOSTILE }];
  return told(rig('submission', { component: latin }, size), { type: 'prepared', sheets: [sheet], left: 286, notTaken: typed });
}

function pressed(one: Rig, ...texts: readonly string[]): Rig {
  texts.forEach((text) => one.press(text));
  return one;
}

function told(one: Rig, message: Told): Rig {
  one.answer(message);
  return one;
}

export function frameName(name: string, { columns, rows }: Size): string {
  return `${name} at ${columns}×${rows}`;
}

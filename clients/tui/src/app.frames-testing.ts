import { HOSTILE, NOON, latin, me, receipt, rig, services, sheet, sheets, type Rig, type Told } from './app.testing.js';
import type { Size } from './platform/screen.js';

/** The pages whose whole frames are written down in `app.frames.golden.txt`, each reached as a person reaches it. */
export const FRAMES: Readonly<Record<string, (size: Size) => Rig>> = {
  landing,
  'signed out, and not of AMP': ampLeftOpen,
  username,
  password,
  'password refused': (size) =>
    told(pressed(password(size), '\r'), { type: 'refused', sentence: { id: 'problem.password-refused' }, startsAgain: false }),
  'forgotten my password': (size) => pressed(password(size), '\t\r'),
  'a code and a new password': (size) => told(pressed(password(size), '\t\r\r'), { type: 'code-sent' }),
  'cannot access the account': (size) => pressed(username(size), '\t\r'),
  invitation: (size) => pressed(landing(size), '\t\t\t\t\r', 'short', '\r\r'),
  'sign-in options': (size) => pressed(username(size), '\t\t\t\r'),
  'on in the browser': (size) =>
    told(pressed(username(size), '\t\t\t\r', '\t\r'), { type: 'elsewhere', way: 'browser', address: `${ADDRESS}/oidc/auth?${'x'.repeat(120)}` }),
  'on on another device': (size) => told(pressed(username(size), '\t\t\t\r', '\t\t\r'), { type: 'elsewhere', way: 'device', ...DEVICE }),
  approve: (size) => told(pressed(password(size), '\r'), { type: 'asked', second: APPROVE }),
  'other ways': (size) => pressed(told(pressed(password(size), '\r'), { type: 'asked', second: APPROVE }), '\r'),
  'a code by SMS': (size) =>
    told(pressed(password(size), '\r'), { type: 'asked', second: { ...APPROVE, factor: 'sms', sentTo: '••67', number: undefined } }),
  'stay signed in': (size) => told(pressed(password(size), '\r'), { type: 'stepped', step: 'stay' }),
  'landing, in Welsh': (size) => pressed(landing(size), F9),
  'username, in Welsh': (size) => pressed(username(size), F9),
  'password, in Welsh': (size) => pressed(password(size), F9),
  'approve, in Welsh': (size) => pressed(told(pressed(password(size), '\r'), { type: 'asked', second: APPROVE }), F9),
  'stay signed in, in Welsh': (size) => pressed(told(pressed(password(size), '\r'), { type: 'stepped', step: 'stay' }), F9),
  'all services before it is known who is here': (size) => {
    const one = rig('services-menu', {}, size, null);
    one.send({ type: 'connection', connection: { kind: 'recognising', queued: 0 } });
    return one;
  },
  'all services': (size) => told(rig('services-menu', {}, size), { type: 'loaded', services }),
  'my sign-ins': account,
  'ending a sign-in': (size) => pressed(account(size), '\u001b[B\r'),
  'codes from an app': (size) => told(account(size), { type: 'setting-up', setUp: TOTP }),
  'recovery codes': (size) => told(account(size), { type: 'set-up', codes: ['bcdf-ghjk', 'lmnp-qrst', 'vwxz-2345', '6789-bcdf'] }),
  'setting up an account': (size) => told(rig('account', { isSetUp: true }, size), { type: 'factors', factors: [], recoveryCodes: 0 }),
  'is it you, by a number': (size) => told(proving(size), { type: 'asked', second: APPROVE }),
  'is it you, by a password': (size) => told(proving(size), { type: 'stepped', step: 'password' }),
  'sign-in log': signInLog,
  'one event of the sign-in log': (size) => pressed(signInLog(size), '\u001b[B\r'),
  locked: (size) => {
    const one = proving(size);
    one.press('\u001b');
    one.send({ type: 'second', now: NOON + 25 * 60_000 });
    return one;
  },
  EMI: emi,
  'help on EMI': (size) => pressed(emi(size), '?'),
  'mark sheets': list,
  'mark sheets with a name that is cut': (size) =>
    told(rig('sheets', { component: latin }, size), { type: 'loaded', sheets: [{ ...sheets[0]!, name: 'Ysgol Gyfun Gymraeg Llanfairpwllgwyngyll a’r Cylch, Ynys Môn' }] }),
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
  'all services, in Welsh': (size) => pressed(told(rig('services-menu', {}, size), { type: 'loaded', services }), F9),
  'EMI, in Welsh': (size) => pressed(emi(size), F9),
  'help on EMI, in Welsh': (size) => pressed(emi(size), F9, '?'),
  'mark sheets, in Welsh': (size) => pressed(list(size), F9),
  'submission summary, in Welsh': (size) => pressed(notTaken(size), F9),
  'submission confirmed, in Welsh': (size) => pressed(notTaken(size), F9, '\r'),
  'receipt, in Welsh': (size) => told(pressed(summary(size), F9, '\r\r'), { type: 'submitted', receipt }),
  'palette, in Welsh': (size) => pressed(emi(size), F9, ':yn ôl'),
  'leaving with marks not sent, in Welsh': (size) => {
    const one = pressed(told(rig('services-menu', {}, size), { type: 'loaded', services }), F9);
    one.send({ type: 'connection', connection: { kind: 'offline', queued: 2 } });
    return pressed(one, 'q');
  },
};

const F9 = '\u001b[20~';
const ADDRESS = 'http://127.0.0.1:4100';
const IN_A_MINUTE = new Date(NOON + 60_000).toISOString();
const DEVICE = { address: `${ADDRESS}/device?user_code=BCDF-GHJK`, userCode: 'BCDF-GHJK', expiresAt: IN_A_MINUTE };
const APPROVE = { factor: 'app', factors: ['app', 'totp', 'sms', 'recovery'], number: '42', expiresAt: IN_A_MINUTE };

const SECRET = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP';
const TOTP = {
  kind: 'totp',
  secret: SECRET,
  uri: `otpauth://totp/Appointee%20Portal:user7%40wjec-appointees.co.uk?issuer=Appointee%20Portal&secret=${SECRET}&algorithm=SHA1&digits=6&period=30`,
};

/** The frame as text; `⋮ 12` stands for twelve empty rows. */
export function textOf(one: Rig): string {
  return one.text().replace(/(?<=\n)\n{2,}/g, (empty) => `⋮ ${empty.length}\n`);
}

/** All eight accounts of a demonstration below it: the most that this page ever holds. */
function ampLeftOpen(size: Size): Rig {
  const one = rig('sign-in', {}, size);
  one.send({ type: 'signed-out', stillOpen: [{ id: 'elsewhere.open.amp' }] });
  const credentials = Array.from({ length: 8 }, (_, index) => ({
    username: `moderator${index}@wjec-appointees.co.uk`, password: 'made-up-for-this', displayName: me.displayName, roles: ['appointee'], factor: index === 1 ? 'sms' : 'app',
  }));
  return told(one, { type: 'welcomed', credentials, server: 'http://127.0.0.1:4100' });
}

function landing(size: Size): Rig {
  const one = rig('sign-in', {}, size);
  one.send({ type: 'signed-out' });
  const credentials = [{ username: me.username, password: 'made-up-for-this', displayName: me.displayName, roles: ['appointee'] }];
  return told(one, { type: 'welcomed', credentials, server: 'http://127.0.0.1:4100' });
}

function username(size: Size): Rig {
  return pressed(landing(size), '\r', 'user7@wjec-appointees.co.uk');
}

function password(size: Size): Rig {
  const one = pressed(landing(size), '\r', 'user7@wjec-appointees.co.uk', '\r');
  return pressed(told(one, { type: 'stepped', step: 'password' }), 'secret');
}

function emi(size: Size): Rig {
  const second = { ...latin, left: 1200, entered: 5, submitted: 20, outstanding: 3, deadline: '2017-01-12T23:59:00.000Z' };
  return told(rig('emi', {}, size), { type: 'loaded', components: [latin, second] });
}

function signInLog(size: Size): Rig {
  const none = { person: null, username: null, by: null, session: null, device: null, amr: null, factor: null, reason: null };
  const at = (minute: string, position: number) => ({ event: `e-${position}`, recordedAt: `2017-01-30T09:${minute}:00.000Z`, position: String(position).padStart(20, '0') });
  const who = { person: me.displayName, username: me.username, session: 's-1', device: 'portal-terminal/0.2.0' };
  return told(rig('sign-in-log', {}, size), {
    type: 'loaded',
    entries: [
      { ...none, ...who, ...at('05', 9), type: 'SignedIn', amr: ['pwd', 'swk'] },
      { ...none, ...who, ...at('04', 8), type: 'ApprovalDenied', reason: 'wrong-number', device: 'd-1' },
      { ...none, ...who, ...at('03', 7), type: 'FactorsReset', factor: 'app totp', by: HOSTILE },
      { ...none, ...at('02', 6), type: 'PasswordRefused', device: HOSTILE },
      { ...none, ...who, ...at('01', 5), type: 'SomethingNewer' },
    ],
  });
}

function account(size: Size): Rig {
  const one = rig('account', {}, size);
  const on = (session: string, device: string, here: boolean) =>
    ({ session, device, startedAt: '2017-01-30T09:00:00Z', lastSeenAt: '2017-01-30T11:50:00Z', kept: !here, here });
  told(one, { type: 'sessions', sessions: [on('a', 'portal-terminal', true), on('b', HOSTILE, false)] });
  return told(one, { type: 'factors', factors: ['app', 'recovery'], recoveryCodes: 8 });
}

function proving(size: Size): Rig {
  const one = pressed(summary(size), '\r\r');
  one.send({ type: 'factor-needed' });
  return one;
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

export function pressed(one: Rig, ...texts: readonly string[]): Rig {
  texts.forEach((text) => one.press(text));
  return one;
}

export function told(one: Rig, message: Told): Rig {
  one.answer(message);
  return one;
}

export function frameName(name: string, { columns, rows }: Size): string {
  return `${name} at ${columns}×${rows}`;
}

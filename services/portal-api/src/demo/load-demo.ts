import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CommandBus, ICommand, QueryBus } from '@nestjs/cqrs';
import type { Component, DemoCredential, ImportAnswer } from '@portal/contract';
import { usernameKey, usernames } from '@portal/domain';
import { eventId, type CommandContext } from '@portal/event-store';
import { newTotpSecret, type AccountDirectory, type Enrolment } from '@portal/identity';
import { AllocateCandidates } from '../features/admin/allocate-candidates.js';
import { NameCentres } from '../features/admin/name-centres.js';
import { PlaceTeam } from '../features/admin/place-team.js';
import { PutComponent } from '../features/admin/put-component.js';
import { RegisterCandidates } from '../features/admin/register-candidates.js';
import type { Views } from '../platform/views.js';
import { demoAccounts, demoComponents, SMS_CHOSEN_BY, type DemoComponent } from './demo-data.js';
import { enrolDemo } from './demo-factors.js';
import { demoUnits } from './demo-units.js';
import { loadUnit } from './load-units.js';

export interface DemoServices {
  readonly commands: CommandBus;
  readonly queries: QueryBus;
  readonly accounts: AccountDirectory;
  readonly views: Views;
  /** The data folder. */
  readonly folder: string;
  /** One password for everybody; random ones where absent. */
  readonly password: string | undefined;
  /** Second factors for everybody; without them a password is enough. */
  readonly enrolment?: Enrolment | undefined;
  /** Where the service will be reached. */
  readonly server: string;
}

/** The demo was begun and not finished: the next start goes on with it. */
export const isDemoUnfinished = (folder: string): boolean => existsSync(join(folder, UNFINISHED));

/**
 * Loads the demo through the same commands as an administrator. Each has an id that is always the same, so that a
 * start after a crash records only what is missing.
 */
export async function loadDemo(services: DemoServices): Promise<readonly DemoCredential[]> {
  const marker = join(services.folder, UNFINISHED);
  writeFileSync(marker, '');
  const credentials = await createAccounts(services);
  // A password is slow to hash, on purpose, and on threads of its own: the rest is loaded meanwhile.
  await Promise.all([setPasswords(services, credentials), enrolled(services, credentials), loadComponents(services)]);
  await services.views.caughtUp();
  rmSync(marker);
  return credentials;
}

async function createAccounts({ accounts, views, folder, password, enrolment }: DemoServices): Promise<readonly DemoCredential[]> {
  const file = join(folder, 'demo-credentials.json');
  const before: readonly DemoCredential[] = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : [];
  const credentials = demoAccounts.map(({ username, displayName, roles }) => {
    const known = before.find((one) => one.username === username);
    const own = { username, displayName, roles: [...roles], password: password ?? known?.password ?? randomPassword() };
    if (enrolment === undefined) return own;
    const factor = username in SMS_CHOSEN_BY ? ('sms' as const) : ('app' as const);
    return { ...own, totpSecret: known?.totpSecret ?? newTotpSecret(), factor };
  });
  // On disk before the accounts exist: nobody is locked out by a crash in between.
  writeFileSync(`${file}.new`, `${JSON.stringify(credentials, null, 2)}\n`, { mode: 0o600 });
  renameSync(`${file}.new`, file);
  await views.caughtUp();
  await Promise.all(
    credentials.map(async ({ username, displayName, roles }) => {
      const exists = (await views.get(usernames, usernameKey(username))) !== undefined;
      if (!exists) succeeded(await accounts.create({ username, displayName, roles }, contextOf(`account/${username}`)));
      // Their invitations are of no use; a forgotten password is.
      accounts.setContact(username, { email: username });
    }),
  );
  return credentials;
}

async function setPasswords({ accounts }: DemoServices, credentials: readonly DemoCredential[]): Promise<void> {
  await Promise.all(credentials.map(({ username, password }) => accounts.setPassword(username, password)));
}

async function enrolled({ enrolment, folder, server }: DemoServices, credentials: readonly DemoCredential[]): Promise<void> {
  if (enrolment !== undefined) await enrolDemo(enrolment, credentials, folder, server);
}

async function loadComponents(services: DemoServices): Promise<void> {
  for (const component of demoComponents()) await loadComponent(services, component);
  for (const unit of demoUnits()) await loadUnit({ ...services, contextOf }, unit);
}

async function loadComponent({ commands }: DemoServices, demo: DemoComponent): Promise<void> {
  const { component, team, centres, candidates, ...settings } = demo;
  const context = (name: string): CommandContext => contextOf(`${component}/${name}`);
  const wanted: Component = { component, kind: 'EMI', halfMarks: false, ...settings };
  succeeded(await commands.execute(new PutComponent(wanted, context('component'))));
  const teamRows = team.map(({ person, role, senior }) => ({ Person: person, Role: role, ...(senior && { Senior: senior }) }));
  await imported(commands, new PlaceTeam(component, teamRows, false, context('team')));
  const centreRows = centres.map(({ centre, name }) => ({ CentreNo: centre, Name: name }));
  await imported(commands, new NameCentres(centreRows, false, context('centres')));
  const people = candidates.map(({ centre, candidate, uci, name }) => ({
    Series: settings.series,
    CentreNo: centre,
    CandidateNo: candidate,
    UCI: uci,
    Name: name,
  }));
  await imported(commands, new RegisterCandidates(people, false, context('candidates')));
  const allocations = candidates.map(({ centre, candidate, examiner }) => ({
    CentreNo: centre,
    CandidateNo: candidate,
    Examiner: examiner,
  }));
  await imported(commands, new AllocateCandidates(component, allocations, false, context('allocations')));
}

function succeeded(answer: object): void {
  if ('refused' in answer || 'failed' in answer) throw new Error(`the demo could not be loaded: ${JSON.stringify(answer)}`);
}

/** Of what is not known to be recorded it is asked again: under the same ids it is recorded once. */
async function imported(commands: CommandBus, command: ICommand): Promise<void> {
  for (let left = MOST_REPEATS; ; left--) {
    const answer = await commands.execute<ICommand, ImportAnswer>(command);
    const rows = [answer.refused].flat();
    if (rows.length === 0) return;
    if (left === 0 || rows.some(({ reason }) => reason !== 'outcome-unknown')) throw new Error(`the demo could not be loaded: ${JSON.stringify(rows[0])}`);
  }
}

const MOST_REPEATS = 5;

function contextOf(name: string): CommandContext {
  const commandId = eventId(DEMO, name, 0);
  const process = { actor: 'process:demo', capacity: 'admin', session: 'process', authMethod: 'process' };
  return { commandId, correlationId: DEMO, ...process };
}

/** Twenty letters and digits that cannot be mistaken for one another: about 98 bits. */
function randomPassword(): string {
  const letters = 'abcdefghjkmnpqrstuvwxyz23456789';
  const text = [...randomBytes(64)].filter((byte) => byte < 248).slice(0, 20).map((byte) => letters[byte % 31]);
  return text.join('').replace(/(.{5})(?=.)/g, '$1-');
}

const UNFINISHED = 'demo-unfinished';
const DEMO = 'f1d5a0de-0000-5000-8000-000000000001';

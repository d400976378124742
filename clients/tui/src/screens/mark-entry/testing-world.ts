import type { SheetCandidate } from '@portal/contract';
import type { ApiProblem } from '../../platform/api/result.js';
import type { RefusedMark } from '../../platform/journal/entries.js';
import type { TypedMark } from '../../platform/outbox/outbox.js';
import { candidate, component, Marker, sheetOfSize, type Change } from './testing.js';
import { update } from './mark-entry.update.js';

/** For the grid's properties: a person, a disk, an outbox and a service with other people at it, all in one place. */

export const HAPPENINGS = [
  'keep', 'keep', 'keep', 'answer', 'answer', 'answer', 'answer-one', 'answer-one', 'online', 'disk-full', 'read-again', 'read-again', 'offline', 'online', 'signed-out',
  'changed-elsewhere', 'submitted-elsewhere', 'reallocated', 'allocated', 'not-received', 'verified', 'small', 'large', 'tick', 'changed',
] as const;
export type Happening = (typeof HAPPENINGS)[number];

type Fate = 'on-its-way' | 'recorded' | 'refused' | 'not-kept' | 'dealt-with';

export class World {
  readonly marker: Marker;
  /** What the service holds; a candidate who was reallocated is not listed any more. */
  readonly held = new Map<string, SheetCandidate>();
  /** Every command that the grid ever sent, in order. */
  readonly commands: (TypedMark & { fate: Fate })[] = [];
  #isOnline = true;
  #revision = 1;
  #next = 0;
  #seen = 0;
  readonly #kept = new Set<string>();
  readonly #acknowledged = new Map<string, number>();
  readonly #refused = new Map<string, RefusedMark>();

  constructor(change: Change = update) {
    const candidates = Array.from({ length: 12 }, (_, index) => candidate(index, index === 3 ? { state: 'submitted', mark: 9 } : {}));
    for (const one of candidates) this.held.set(one.candidate, one);
    this.marker = new Marker(sheetOfSize(12, { candidates }), {}, change);
  }

  /** What the grid asked for since the last look; nothing of it is done before something happens. */
  collect(): readonly TypedMark[] {
    const fresh = this.marker.effects.slice(this.#seen);
    this.#seen = this.marker.effects.length;
    const marks = fresh.flatMap((effect) => (effect.type === 'mark-entry/commit' ? effect.marks : []));
    this.commands.push(...marks.map((mark) => ({ ...mark, fate: 'on-its-way' as Fate })));
    for (const effect of fresh) if (effect.type === 'mark-entry/dismiss') effect.commandIds.forEach((id) => this.#dismiss(id));
    return marks;
  }

  happen(what: Happening): void {
    const { marker } = this;
    const one = [...this.held.values()][(this.#next += 5) % Math.max(1, this.held.size)];
    if (what === 'keep') this.#keep();
    else if (what === 'answer') while (this.#answerOne()) continue;
    else if (what === 'answer-one') this.#answerOne();
    else if (what === 'disk-full') this.#diskFull();
    else if (what === 'read-again') this.#read();
    else if (what === 'offline' || what === 'online' || what === 'signed-out') this.#connect(what);
    else if (what === 'small') marker.size = { columns: 80, rows: 20 };
    else if (what === 'large') marker.size = { columns: 140, rows: 40 };
    else if (what === 'tick' || what === 'changed') marker.tell({ type: what });
    else if (what === 'verified') this.#verify(one);
    else if (what === 'allocated') this.#allocate();
    else if (one !== undefined) this.#elsewhere(what, one);
  }

  /** Everything on its way arrives, and the sheet is read. */
  settle(): void {
    this.#keep();
    this.#connect('online');
    while (this.#answerOne()) continue;
    this.#read();
  }

  #connect(connection: 'offline' | 'online' | 'signed-out'): void {
    this.#isOnline = connection === 'online';
    const queued = this.commands.filter(({ fate }) => fate === 'on-its-way').length;
    this.marker.tell({ type: 'status', status: { connection, queued, lastAcknowledgedAt: undefined } });
  }

  #keep(): void {
    const commandIds = this.commands.filter(({ commandId, fate }) => fate === 'on-its-way' && !this.#kept.has(commandId)).map((one) => one.commandId);
    commandIds.forEach((id) => this.#kept.add(id));
    if (commandIds.length > 0) this.marker.tell({ type: 'journaled', commandIds });
  }

  #diskFull(): void {
    const lost = this.commands.filter(({ commandId, fate }) => fate === 'on-its-way' && !this.#kept.has(commandId));
    for (const one of lost) one.fate = 'not-kept';
    if (lost.length > 0) this.marker.tell({ type: 'not-journaled', commandIds: lost.map((one) => one.commandId), reason: 'ENOSPC' });
  }

  #answerOne(): boolean {
    const sent = this.commands.find(({ commandId, fate }) => fate === 'on-its-way' && this.#kept.has(commandId));
    if (sent === undefined || !this.#isOnline) return false;
    const about = { component: component.component, centre: '68101', candidate: sent.candidate, commandId: sent.commandId, mark: sent.mark };
    const refused = this.#whyNot(sent);
    if (refused === undefined) {
      const mark = sent.mark === 'CLEAR' ? null : sent.mark === 'ABS' ? ('ABS' as const) : Number(sent.mark);
      this.#write(sent.candidate, { mark, state: mark === null ? 'blank' : 'entered', confirmed: sent.confirmed ?? true, verified: false });
      this.#acknowledged.set(sent.candidate, this.#revision);
      for (const [id, { mark: other }] of this.#refused) if (other.candidate === sent.candidate) this.#dismiss(id);
      const recorded = { candidate: sent.candidate, mark, event: sent.commandId, position: '1', recordedAt: '2017-01-30T12:00:00.000Z', revision: this.#revision };
      sent.fate = 'recorded';
      this.marker.tell({ type: 'answered', answer: { ...about, recorded } });
    } else {
      sent.fate = 'refused';
      this.#refused.set(sent.commandId, { mark: sent as never, problem: refused, at: '' });
      this.marker.tell({ type: 'answered', answer: { ...about, refused } });
    }
    return true;
  }

  #whyNot({ candidate: number, expect, mark }: TypedMark): ApiProblem | undefined {
    const held = this.held.get(number);
    const problem = (type: string, more = {}): ApiProblem => ({ type, title: '', status: 409, detail: '', ...more });
    if (held === undefined) return problem('reallocated');
    if (held.state === 'submitted') return problem('mark-locked');
    if (held.state === 'outstanding') return problem('script-outstanding');
    if (String(held.mark ?? 'CLEAR') === mark) return undefined;
    const wanted = Math.max(expect ?? 0, this.#acknowledged.get(number) ?? 0);
    if (wanted === held.revision) return undefined;
    return problem('changed-elsewhere', { candidate: number, mark: held.mark, revision: held.revision, by: 'Somebody', at: '2017-01-30T11:00:00Z' });
  }

  #read(): void {
    const owed = this.commands.filter(({ commandId, fate }) => fate === 'on-its-way' && this.#kept.has(commandId));
    const sheet = sheetOfSize(0, { candidates: [...this.held.values()] });
    this.marker.tell({ type: 'loaded', sheet, queued: owed, refused: [...this.#refused.values()] });
  }

  #elsewhere(what: Happening, { candidate: number, state }: SheetCandidate): void {
    if (what === 'reallocated') {
      this.held.delete(number);
    } else if (state !== 'submitted') {
      if (what === 'changed-elsewhere') this.#write(number, { mark: this.#revision % 80, state: 'entered', verified: false });
      if (what === 'submitted-elsewhere' && state === 'entered') this.#write(number, { state: 'submitted' });
      if (what === 'not-received' && state === 'blank') this.#write(number, { state: 'outstanding', reason: 'lost' });
    }
  }

  #allocate(): void {
    const number = String(100 + (this.#revision += 1)).padStart(4, '0');
    this.held.set(number, candidate(0, { candidate: number, revision: this.#revision }));
  }

  #verify(one: SheetCandidate | undefined): void {
    const type = this.#revision % 3 === 0 ? 'verification-differs' : 'unreachable';
    const problem = this.#revision % 2 === 0 ? undefined : { type, title: '', status: 0, detail: '' };
    if (one !== undefined) this.marker.tell({ type: 'verified', candidate: one.candidate, mark: '7', problem });
  }

  #write(number: string, change: Partial<SheetCandidate>): void {
    this.#revision += 1;
    this.held.set(number, { ...(this.held.get(number) as SheetCandidate), ...change, revision: this.#revision, savedAt: '2017-01-30T12:00:00.000Z' });
  }

  #dismiss(commandId: string): void {
    this.#refused.delete(commandId);
    const command = this.commands.find((one) => one.commandId === commandId);
    if (command?.fate === 'refused') command.fate = 'dealt-with';
  }
}

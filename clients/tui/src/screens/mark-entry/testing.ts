import type { EmiSummary, MarkEntered, Sheet, SheetCandidate } from '@portal/contract';
import { plainText } from '../../components/paint.js';
import { translator } from '../../platform/i18n/translate.js';
import type { Key } from '../../platform/input/key.js';
import { EMPTY, flush, tokenize } from '../../platform/input/tokenizer.js';
import type { ApiProblem } from '../../platform/api/result.js';
import type { TypedMark } from '../../platform/outbox/outbox.js';
import type { CommonEffect, CommonMessage, Services, Size } from '../../platform/screen.js';
import type { GridEffect, GridMessage, Next } from './grid.messages.js';
import { valueOf, type GridState, type Params, type Row } from './grid.state.js';
import { init, update } from './mark-entry.update.js';
import { view } from './mark-entry.view.js';
import { rowOf } from './rows.js';

/** For the grid's specs: a person at the grid, with a disk and a service that answer when they are told to. */

export const NOON = Date.UTC(2017, 0, 30, 12, 0);

export const component: EmiSummary = {
  component: '9521/01@2017-01',
  code: '9521/01',
  qualification: 'GCSE',
  series: 'January 2017',
  title: 'Latin Language Core: Level 2',
  titles: { en: 'Latin Language Core: Level 2', cy: 'Iaith Ladin Graidd: Lefel 2' },
  deadline: '2017-02-12T23:59:00.000Z',
  maximum: 80,
  halfMarks: false,
  allocated: 5,
  left: 5,
  outstanding: 0,
  entered: 0,
  submitted: 0,
};

export const candidate = (index: number, change: Partial<SheetCandidate> = {}): SheetCandidate => ({
  candidate: String(index + 1).padStart(4, '0'),
  name: `Candidate ${index + 1}`,
  state: 'blank',
  mark: null,
  savedAt: null,
  revision: 0,
  confirmed: true,
  verified: false,
  flagged: false,
  ...change,
});

export const sheetOfSize = (count: number, change: Partial<Sheet> = {}): Sheet => ({
  component: component.component,
  centre: '68101',
  name: 'Ysgol Cwm Derwen',
  maximum: 80,
  halfMarks: false,
  revision: 0,
  candidates: Array.from({ length: count }, (_, index) => candidate(index)),
  ...change,
});

export type Change = (state: GridState, message: GridMessage | CommonMessage, services: Services) => Next;

export class Marker {
  state: GridState;
  readonly effects: (GridEffect | CommonEffect)[] = [];
  /** Taken from the grid, not answered yet. */
  readonly sent: TypedMark[] = [];
  size: Size = { columns: 80, rows: 20 };
  now = NOON;
  readonly #update: Change;
  #ids = 0;
  #revision = 100;

  constructor(sheet: Sheet = sheetOfSize(5), params: Partial<Params> = {}, change: Change = update) {
    this.#update = change;
    const services = this.#services();
    const begun = init({ component, centre: sheet.centre, name: sheet.name, ...params }, services);
    this.state = begun.state;
    this.tell({ type: 'loaded', sheet, queued: [], refused: [] });
  }

  tell(message: GridMessage | CommonMessage): void {
    const next = this.#update(this.state, message, this.#services());
    this.state = next.state;
    this.effects.push(...next.effects);
    for (const effect of next.effects) if (effect.type === 'mark-entry/commit') this.sent.push(...effect.marks);
  }

  /** Bytes, as the terminal sends them in one read. */
  press(text: string): this {
    const read = tokenize(EMPTY, new TextEncoder().encode(text));
    for (const key of [...read.keys, ...flush(read.state).keys]) this.tell({ type: 'key', key });
    return this;
  }

  key(name: string, more: Partial<Extract<Key, { kind: 'key' }>> = {}): this {
    this.tell({ type: 'key', key: { kind: 'key', name, ...more } as Key });
    return this;
  }

  pad(keys: string): this {
    for (const one of keys) this.key(one === '\r' ? 'enter' : one, { pad: true });
    return this;
  }

  keep(): this {
    this.tell({ type: 'journaled', commandIds: this.sent.map((mark) => mark.commandId) });
    return this;
  }

  /** The service records everything that is on its way. */
  record(): this {
    for (const mark of this.keep().sent.splice(0)) {
      const value = mark.mark === 'CLEAR' ? null : mark.mark === 'ABS' ? 'ABS' : Number(mark.mark);
      const recorded: MarkEntered = {
        candidate: mark.candidate,
        mark: value,
        event: mark.commandId,
        position: '1',
        recordedAt: '2017-01-30T12:00:00.000Z',
        revision: (this.#revision += 1),
      };
      this.tell({ type: 'answered', answer: { ...on, candidate: mark.candidate, commandId: mark.commandId, mark: mark.mark, recorded } });
    }
    return this;
  }

  refuse(problem: Partial<ApiProblem> & { type: string }): this {
    const refused = { title: '', status: 409, detail: '', ...problem } as ApiProblem;
    for (const mark of this.sent.splice(0)) {
      this.tell({ type: 'answered', answer: { ...on, candidate: mark.candidate, commandId: mark.commandId, mark: mark.mark, refused } });
    }
    return this;
  }

  row(number: string): Row {
    return this.state.rows[rowOf(this.state, number)] as Row;
  }

  /** What stands in every row, as a person reads it. */
  values(): readonly string[] {
    return this.state.rows.map((row) => (row.rejected ? `${row.rejected.typed}!` : valueOf(row)));
  }

  at(): string {
    return this.state.rows[this.state.shown[this.state.cursor] ?? -1]?.saved.candidate ?? 'footer';
  }

  screen(language: 'en' | 'cy' = 'en'): string {
    const { lines, message, overlay } = view(this.state, this.size, { t: translator(language), language, now: NOON });
    const all = [...lines, ...(overlay ? [overlay.title, ...overlay.lines] : []), message ?? ''];
    return all.map((line) => plainText(line).trimEnd()).join('\n').trimEnd();
  }

  /** Words of the footer that the grid itself asks for. */
  footer(): string {
    const { keys = [] } = view(this.state, this.size, { t: translator('en'), language: 'en', now: NOON });
    return keys.map(([key, word]) => `${key} ${word}`).join(', ');
  }

  #services() {
    return { now: this.now, newId: () => `00000000-0000-4000-8000-${String((this.#ids += 1)).padStart(12, '0')}`, size: this.size };
  }
}

const on = { component: component.component, centre: '68101' };

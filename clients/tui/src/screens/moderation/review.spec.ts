import { describe, expect, it } from '@jest/globals';
import type { IamisSample, MarkEntered } from '@portal/contract';
import { EMPTY, flush, tokenize } from '../../platform/input/tokenizer.js';
import type { ApiProblem } from '../../platform/api/result.js';
import type { Services } from '../../platform/screen.js';
import { llafar, moderator1, moderator2, sampled, sample } from '../../app.moderation-testing.js';
import type { AnyMessage, MarkAnswered, ReviewEffect } from './review.messages.js';
import { totalsOf, valueOf, type ReviewState } from './review.state.js';
import { init, update } from './review.update.js';

/** A moderator at the grid, with a disk and a service that answer when they are told to. */
function atGrid(change: Partial<IamisSample> = {}, workAs: Services['workAs'] = {}, person = moderator1) {
  let ids = 0;
  const services: Services = { now: Date.UTC(2017, 5, 20, 12), newId: () => `c${(ids += 1)}`, size: { columns: 80, rows: 20 }, workAs, person };
  let state: ReviewState = init({ component: llafar, centre: '68202', name: 'Ysgol' }, services).state;
  const effects: ReviewEffect[] = [];
  const said: string[] = [];
  const gone: string[] = [];
  const send = (message: AnyMessage): void => {
    const next = update(state, message, services);
    state = next.state;
    for (const effect of next.effects) {
      if (effect.type === 'say') said.push(effect.sentence.id);
      else if (effect.type === 'go') gone.push(effect.to);
      else if (effect.type.startsWith('moderation/')) effects.push(effect as ReviewEffect);
    }
  };
  const press = (text: string): void => {
    const read = tokenize(EMPTY, new TextEncoder().encode(text));
    for (const key of [...read.keys, ...flush(read.state).keys]) send({ type: 'key', key });
  };
  send({ type: 'read', what: 'sample', value: { ...sample, candidates: [sampled(1, 40, null), sampled(2, 30, null), sampled(3, 20, null)], ...change } });
  const commits = () => effects.filter((effect) => effect.type === 'moderation/commit').map(({ mark }) => mark);
  return { state: () => state, effects, commits, said, gone, send, press, value: (index: number) => valueOf(state.rows[index]!) };
}

const recorded = (commandId: string, index: number, mark: number | null, revision: number): MarkAnswered => {
  const candidate = String(index).padStart(4, '0');
  const entered: MarkEntered = { candidate, mark, event: 'e', position: 'p', recordedAt: '2017-06-20T12:00:01.000Z', revision };
  return { centre: '68202', candidate, mark: String(mark), commandId, recorded: entered };
};

const problem = (type: string, more: object = {}): ApiProblem => ({ type, title: type, status: 409, detail: type, ...more });

describe('typing moderator marks', () => {
  it('puts every value on its own row, refused ones too, all in one read', () => {
    const grid = atGrid();
    grid.press('85\r34\r21\r');
    expect(grid.commits().map(({ candidate, mark }) => [candidate, mark])).toEqual([['0002', '34'], ['0003', '21']]);
    expect(grid.state().rows[0]!.rejected).toMatchObject({ typed: '85', why: { id: 'mark-entry.over' } });
    expect(grid.effects).toContainEqual(expect.objectContaining({ type: 'moderation/set-aside', candidate: '0001', typed: '85' }));
    expect(grid.state().cursor).toBe(3);
    expect(totalsOf(grid.state())).toMatchObject({ errors: 1, remaining: 1, unsaved: 2 });
  });

  it('never takes 7.5 for 75 where marks are whole, nor ABS for a mark', () => {
    const grid = atGrid();
    grid.press('7.5\r');
    expect(grid.commits()).toEqual([]);
    expect(grid.state().rows[0]!.rejected?.typed).toBe('7.5');
  });

  it('agrees with the centre by one key and goes down, and undoes it as a new event', () => {
    const grid = atGrid();
    grid.press('a=');
    expect(grid.commits().map(({ mark }) => mark)).toEqual(['40', '30']);
    grid.press('u');
    expect(grid.commits().at(-1)).toMatchObject({ candidate: '0002', mark: 'CLEAR' });
    expect(grid.state().cursor).toBe(1);
  });

  it('sends what stands already not again', () => {
    const grid = atGrid({ candidates: [sampled(1, 40, 38)] });
    grid.press('38\r');
    expect(grid.commits()).toEqual([]);
  });

  it('takes nothing below the last row, and Enter there opens the report when nothing remains', () => {
    const grid = atGrid({ candidates: [sampled(1, 40, 38)] });
    grid.press('\r5');
    expect(grid.said).toContain('iamis.why.footer');
    expect(grid.state().cell).toBeUndefined();
    grid.press('\r');
    expect(grid.gone).toEqual(['iamis-report']);
  });

  it('takes nothing where the centre is closed, or looked at as a member', () => {
    const closed = atGrid({ state: 'submitted' });
    closed.press('5\ra');
    const member = atGrid({}, { [llafar.component]: { role: 'principal', member: 'm1@wjec-appointees.co.uk' } });
    member.press('5\ra');
    expect([...closed.commits(), ...member.commits()]).toEqual([]);
    expect(member.said).toContain('iamis.why.as-member');
  });

  it('goes in the capacity in which it was typed', () => {
    const grid = atGrid({}, { [llafar.component]: { role: 'team-leader' } });
    grid.press('5\r');
    expect(grid.commits()[0]).toMatchObject({ capacity: 'team-leader' });
  });
});

describe('a centre of somebody else', () => {
  it('takes no key that could never work, and names whose it is', () => {
    const grid = atGrid({ moderator: moderator2 });
    grid.press('5\rawx');
    expect([grid.state().cell, grid.state().mode.kind, grid.commits()]).toEqual([undefined, 'marks', []]);
    expect(new Set(grid.said)).toEqual(new Set(['iamis.why.not-your-centre']));
  });

  it('keeps what was being typed with its candidate when the centre is reallocated meanwhile, also at the next start', () => {
    const grid = atGrid();
    grid.press('34');
    grid.send({ type: 'read', what: 'sample', value: { ...sample, moderator: moderator2, candidates: [sampled(1, 40, null)] } });
    grid.press('\r');
    expect(grid.commits()).toEqual([]);
    expect(grid.effects).toContainEqual(expect.objectContaining({ type: 'moderation/set-aside', candidate: '0001', typed: '34' }));
    expect(grid.said).toContain('iamis.reallocated');
    const later = atGrid({ moderator: moderator2 });
    later.send({ type: 'left', queued: [], refused: [], aside: [{ centre: '68202', candidate: '0001', typed: '34' }] });
    expect(later.state().rows[0]!.rejected).toMatchObject({ typed: '34', why: { id: 'iamis.reallocated' } });
  });

  it('says so as well where the service refused the mark for it', () => {
    const grid = atGrid();
    grid.press('34\r');
    grid.send({ type: 'answered', answer: { centre: '68202', candidate: '0001', mark: '34', commandId: 'c1', refused: problem('reallocated') } });
    expect(grid.state().rows[0]!.rejected).toMatchObject({ typed: '34', why: { id: 'iamis.reallocated' } });
    expect(grid.said).toContain('iamis.reallocated');
  });
});

describe('answers', () => {
  it('says saved only when the service has answered, and queued when the disk has', () => {
    const grid = atGrid();
    grid.press('34\r');
    const row = () => grid.state().rows[0]!;
    expect(row()).toMatchObject({ pending: [{ isKept: false }], saved: { moderatorMark: null } });
    grid.send({ type: 'journaled', commandId: 'c1' });
    expect(row().pending[0]!.isKept).toBe(true);
    grid.send({ type: 'answered', answer: recorded('c1', 1, 34, 50) });
    expect(row()).toMatchObject({ pending: [], saved: { moderatorMark: 34, revision: 50 } });
  });

  it('keeps a refusal of the service on its row with what was typed', () => {
    const grid = atGrid();
    grid.press('34\r');
    grid.send({ type: 'answered', answer: { centre: '68202', candidate: '0001', mark: '34', commandId: 'c1', refused: problem('not-your-centre') } });
    expect(grid.state().rows[0]).toMatchObject({ pending: [], rejected: { typed: '34', why: { id: 'problem.not-your-centre' } }, refusedIds: ['c1'] });
    grid.press('!35\r');
    expect(grid.effects).toContainEqual({ type: 'moderation/dismiss', at: { component: llafar.component, centre: '68202' }, commandIds: ['c1'] });
  });

  it('shows a conflict with both values, and either may stand', () => {
    const refused = problem('changed-elsewhere', { mark: 33, revision: 70, by: 'PORTAL Principal', at: '2017-06-20T11:59:00.000Z' });
    const conflicted = () => {
      const grid = atGrid();
      grid.press('34\r');
      grid.send({ type: 'answered', answer: { centre: '68202', candidate: '0001', mark: '34', commandId: 'c1', refused } });
      grid.press('\u001b[A');
      return grid;
    };
    const theirs = conflicted();
    expect(theirs.state().rows[0]).toMatchObject({ conflict: { mine: '34', by: 'PORTAL Principal' }, saved: { moderatorMark: 33, revision: 70 } });
    theirs.press('t');
    expect(theirs.state().rows[0]).toMatchObject({ conflict: undefined });
    expect(theirs.value(0)).toBe('33');
    const yours = conflicted();
    yours.press('y');
    expect(yours.commits().at(-1)).toMatchObject({ mark: '34', expect: 70 });
  });

  it('takes up what an earlier start left in the journal', () => {
    const grid = atGrid();
    const at = { centre: '68202', candidate: '0002', commandId: 'old' };
    grid.send({ type: 'left', queued: [{ ...at, mark: '29' }], refused: [], aside: [{ centre: '68202', candidate: '0003', typed: '85' }] });
    expect(grid.state().rows[2]!.rejected).toMatchObject({ typed: '85', why: { id: 'mark-entry.over' } });
    expect(grid.value(1)).toBe('29');
    expect(grid.state().rows[1]!.pending).toHaveLength(1);
  });

  it('reading again moves nothing that is typed or queued', () => {
    const grid = atGrid();
    grid.press('34\r2');
    grid.send({ type: 'read', what: 'sample', value: { ...sample, candidates: [sampled(1, 40, null), sampled(2, 30, null), sampled(3, 20, 19)] } });
    expect(grid.state()).toMatchObject({ cursor: 1, cell: { text: '2' } });
    expect([grid.value(0), grid.value(2)]).toEqual(['34', '19']);
  });
});

describe('a candidate who leaves the sample', () => {
  it('takes what is being typed along, and never leaves it to another', () => {
    const grid = atGrid();
    grid.press('3');
    grid.send({ type: 'read', what: 'sample', value: { ...sample, candidates: [sampled(2, 30, null), sampled(3, 20, null)] } });
    expect(grid.state().cell).toBeUndefined();
    expect(grid.said).toContain('iamis.gone');
    grid.press('\r');
    expect(grid.commits()).toEqual([]);
  });

  it('stays on the screen while something typed for them is not settled', () => {
    const grid = atGrid();
    grid.press('85\r29\r');
    grid.send({ type: 'read', what: 'sample', value: { ...sample, candidates: [sampled(3, 20, null)] } });
    expect(grid.state().rows.map(({ saved }) => saved.candidate)).toEqual(['0003', '0001', '0002']);
    expect(grid.state().cursor).toBe(0);
  });
});

describe('reasons', () => {
  it('asks why, and a lost answer is asked for again with the same number', () => {
    const grid = atGrid();
    grid.press('wlost in the post\r');
    const deeds = () => grid.effects.filter((effect) => effect.type === 'moderation/do');
    expect(deeds()[0]).toMatchObject({ deed: { do: 'work', received: false, reason: 'lost in the post', candidate: { candidate: '0001' } } });
    const { commandId } = deeds()[0]!;
    grid.send({ type: 'not-done', commandId, problem: 'unknown', sentence: { id: 'problem.outcome-unknown' }, mayRepeat: true });
    grid.press('r');
    expect(deeds().map((effect) => effect.commandId)).toEqual([commandId, commandId]);
  });

  it('says who came into the sample and who left it', () => {
    const grid = atGrid();
    grid.press('xnot there\r');
    const { commandId } = grid.effects.find((effect) => effect.type === 'moderation/do')!;
    grid.send({ type: 'done', commandId });
    grid.send({ type: 'read', what: 'sample', value: { ...sample, candidates: [sampled(2, 30, null), sampled(3, 20, null), sampled(4, 41, null)] } });
    expect(grid.said.at(-1)).toBe('iamis.came-and-went');
  });

  it('says at once that a mark must be cleared first', () => {
    const grid = atGrid({ candidates: [sampled(1, 40, 38)] });
    grid.press('k');
    grid.press('\u001b[Hw');
    expect(grid.said).toContain('iamis.why.marked');
    expect(grid.state().mode.kind).toBe('marks');
  });

  it('wants one', () => {
    const grid = atGrid();
    grid.press('x  \r');
    expect(grid.said).toContain('iamis.reason.empty');
  });
});

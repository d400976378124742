import { describe, expect, it } from '@jest/globals';
import account from './account/account.golden.json' with { type: 'json' };
import candidate from './candidate/candidate.golden.json' with { type: 'json' };
import centre from './centre/centre.golden.json' with { type: 'json' };
import centreMarksImport from './centre-marks-import/centre-marks-import.golden.json' with { type: 'json' };
import component from './component/component.golden.json' with { type: 'json' };
import document from './document/document.golden.json' with { type: 'json' };
import freeText from './free-text/free-text.golden.json' with { type: 'json' };
import * as domain from './index.js';
import markSheet from './mark-sheet/mark-sheet.golden.json' with { type: 'json' };
import moderation from './moderation/moderation.golden.json' with { type: 'json' };
import submission from './submission/submission.golden.json' with { type: 'json' };
import team from './team/team.golden.json' with { type: 'json' };
import { examples, examplesByNoun } from './testing/examples.js';

/** Events are for ever: what stands in these files stands in logs, and must be written and read for good. */
const goldens = { account, candidate, centre, 'centre-marks-import': centreMarksImport, component, document, 'free-text': freeText, 'mark-sheet': markSheet, moderation, submission, team };
type Noun = keyof typeof goldens;
const nouns = Object.keys(goldens) as Noun[];

describe('golden events', () => {
  it.each(nouns)('of %s are what the types encode', (noun) => {
    expect(JSON.parse(JSON.stringify(examplesByNoun[noun]))).toEqual(goldens[noun]);
  });

  it('are there for every event type, once', () => {
    const types = nouns.flatMap((noun) => Object.keys(goldens[noun]));
    expect([...types].sort()).toEqual(Object.keys(domain.STREAMS_OF).sort());
    expect(Object.keys(examples).sort()).toEqual([...types].sort());
  });

  it('hold nothing but strings, booleans and safe integers', () => {
    JSON.parse(JSON.stringify(goldens), (_, value: unknown) => {
      if (typeof value === 'number') expect(Number.isSafeInteger(value)).toBe(true);
      expect(value).not.toBeNull();
      return value;
    });
  });
});

/** The events of one noun as a stream might hold them, from the files. */
function stream<Event>(...noun: readonly Noun[]): readonly Event[] {
  return noun
    .flatMap((name) => Object.entries<object[]>(goldens[name]))
    .flatMap(([type, list]) => list.map((data) => ({ type, data }) as unknown as Event));
}

describe('folding the golden events', () => {
  it('gives a mark sheet', () => {
    const sheet = domain.fold(domain.markSheet, stream<domain.MarkSheetEvent>('mark-sheet'));
    expect(sheet.revision).toBe(stream('mark-sheet').length - 1);
    expect(domain.candidateOf(sheet.candidates, '0001')).toMatchObject({
      state: 'submitted',
      value: 34,
      touchedBy: ['a7f0'],
      concerns: ['illegible'],
    });
    expect(domain.candidateOf(sheet.candidates, '0002')).toMatchObject({
      examiner: 'b2c4',
      formerly: ['a7f0'],
    });
    expect(domain.candidateOf(sheet.candidates, '0004')).toMatchObject({ withdrawn: true });
    expect(sheet.unlisted).toEqual(['0099']);
  });

  it('gives a moderation', () => {
    const state = domain.fold(domain.moderation, stream<domain.ModerationEvent>('moderation'));
    expect(state.revision).toBe(stream('moderation').length - 1);
    expect(state.centres).toEqual(['68101', '68102']);
    expect(state.moderator).toBe('b2c4');
    expect(state.involved).toEqual(['a7f0']);
    expect(domain.standingOf(state)).toMatchObject({ entered: 5, cfAbs: 2, sample: 0, remaining: 0, reports: 0 });
  });

  it('gives a team, a component, a submission', () => {
    const team = domain.fold(domain.team, stream<domain.TeamEvent>('team'));
    expect([...team.members.keys()]).toEqual(['c9d1']);
    const [latin, , ...changes] = stream<domain.ComponentEvent>('component');
    const component = domain.fold(domain.component, [latin as domain.ComponentEvent, ...changes]);
    expect(component.settings?.maximum).toBe(90);
    expect(domain.deadlineOf(component)).toBe('2017-02-14T12:00:00Z');
    expect(domain.deadlineOf(component, 'a7f0')).toBe('2017-02-20T12:00:00Z');
    const submission = domain.fold(domain.submission, stream<domain.SubmissionEvent>('submission'));
    expect(submission.completed?.receipt).toBe('7K4M-2Q9D');
  });

  it('gives a document', () => {
    const document = domain.fold(domain.document, stream<domain.DocumentEvent>('document'));
    expect(document).toMatchObject({ state: 'ready', account: 'c9d1', artefact: { bytes: 40312, pages: 3, extension: 'pdf' } });
  });

  it('gives names and an account', () => {
    const [carys, sian, erased] = stream('candidate');
    expect(domain.fold(domain.candidate, [carys, sian] as domain.CandidateEvent[])?.name).toBe('Siân Tŷ');
    expect(domain.fold(domain.erasures, [erased] as domain.ErasureEvent[]).has('n-17')).toBe(true);
    const accounts = stream<domain.AccountEvent>('account').filter(({ type }) => type.startsWith('Account'));
    expect(domain.fold(domain.account, accounts).roles).toEqual(['appointee']);
    expect(domain.fold(domain.centre, stream<domain.CentreEvent>('centre'))).toMatchObject({ name: 'Ysgol Glan', consortium: 'Arfon' });
  });
});

import { describe, expect, it } from '@jest/globals';
import { fold } from '../decider.js';
import { given } from '../testing.js';
import { document } from './decide.js';
import type { DocumentEvent, DocumentKind } from './events.js';
import { isOutstanding } from './state.js';

const id = 'd-1';
const component = '9521/01@2017-01';
const wanted = { kind: 'mark-sheet', component, centre: '68101', language: 'cy' } as const;
const byAnna = { document: id, account: 'anna', role: 'examiner', isTheirs: true };
const byAda = { document: id, account: 'ada', role: 'auditor', isTheirs: false };
const request = { type: 'RequestDocument', wanted, capacity: 'examiner', ...byAnna } as const;
const artefact = { sha256: 'cd'.repeat(32), bytes: 9, pages: 1, mediaType: 'application/pdf', extension: 'pdf' };

const requested: DocumentEvent = { type: 'DocumentRequested', data: { document: id, account: 'anna', capacity: 'examiner', ...wanted } };
const rendered: DocumentEvent = { type: 'DocumentRendered', data: { document: id, ...artefact } };
const uploaded: DocumentEvent = { type: 'AgendaUploaded', data: { document: id, component, account: 'ada', ...artefact } };
const failure = (attempt: number): DocumentEvent => ({
  type: 'DocumentFailed',
  data: { document: id, reason: 'render-failed', attempt, parked: attempt === 3 },
});
const parked = [requested, failure(1), failure(2), failure(3)];
const again: DocumentEvent = { type: 'DocumentRequestedAgain', data: { document: id, account: 'anna' } };

describe('asking for a document', () => {
  it('is recorded once', () => {
    given(document, []).when(request).records([requested]);
    given(document, [requested, rendered]).when(request).recordsNothing();
  });

  it('is for those who may have the kind', () => {
    const allowed = (kind: DocumentKind, role: string, isTheirs = true): boolean =>
      'accepted' in document.decide({ ...request, wanted: { ...wanted, kind }, role, isTheirs }, document.initial);
    const roles = ['examiner', 'moderator', 'team-leader', 'principal', 'chair', 'auditor', 'admin'];
    expect(roles.filter((role) => allowed('mark-sheet', role))).toEqual(roles);
    expect(roles.filter((role) => allowed('formula', role))).toEqual(roles.slice(2));
    expect(roles.filter((role) => allowed('export', role))).toEqual(roles.slice(2));
    expect(roles.filter((role) => allowed('centre-report', role))).toEqual(roles.slice(1));
    expect(roles.filter((role) => allowed('audit-report', role))).toEqual(['auditor']);
    expect(roles.filter((role) => allowed('mark-sheet', role, false))).toEqual(['principal', 'chair', 'auditor', 'admin']);
  });

  it('of a centre of somebody else is refused', () => {
    given(document, []).when({ ...request, isTheirs: false }).refuses({ reason: 'NotYourCentre', centre: '68101' });
    given(document, []).when({ ...request, role: 'appointee' }).refuses({ reason: 'NotPermitted', role: 'appointee' });
  });
});

describe('making it', () => {
  const record = { type: 'RecordRendering', document: id, ...artefact } as const;
  const fail = { type: 'RecordFailure', document: id, reason: 'render-failed', isFinal: false } as const;

  it('has one outcome, and the first one stands', () => {
    given(document, [requested]).when(record).records([rendered]);
    given(document, [requested, rendered]).when({ ...record, sha256: 'ef'.repeat(32) }).recordsNothing();
    given(document, [requested, rendered]).when(fail).recordsNothing();
    given(document, []).when(record).refuses({ reason: 'DocumentUnknown', document: id });
    given(document, []).when(fail).refuses({ reason: 'DocumentUnknown', document: id });
  });

  it('is tried three times, then parked until somebody asks again', () => {
    given(document, [requested]).when(fail).records([failure(1)]);
    given(document, [requested, failure(1), failure(2)]).when(fail).records([failure(3)]);
    given(document, parked).when(fail).recordsNothing();
    given(document, parked).when({ type: 'RequestDocumentAgain', ...byAnna }).records([again]);
    given(document, [...parked, again]).when(fail).records([failure(1)]);
    given(document, [requested]).when({ type: 'RequestDocumentAgain', ...byAnna }).recordsNothing();
  });

  it('is parked at once where trying again would not help', () => {
    const nothing: DocumentEvent = { type: 'DocumentFailed', data: { document: id, reason: 'no-report', attempt: 1, parked: true } };
    given(document, [requested]).when({ ...fail, reason: 'no-report', isFinal: true }).records([nothing]);
  });

  it('is outstanding until it is made or parked', () => {
    const outstanding = (...past: readonly DocumentEvent[]): boolean => isOutstanding(fold(document, past));
    expect([outstanding(requested), outstanding(requested, failure(1)), outstanding(...parked, again)]).toEqual([true, true, true]);
    expect([outstanding(), outstanding(...parked), outstanding(requested, rendered), outstanding(uploaded)]).toEqual([false, false, false, false]);
  });

  it('late, after it was parked, is as good as any', () => {
    given(document, parked).when(record).records([rendered]);
  });
});

describe('when its file is there no more', () => {
  const record = { type: 'RecordLoss', document: id, sha256: artefact.sha256 } as const;
  const lost: DocumentEvent = { type: 'DocumentLost', data: { document: id, sha256: artefact.sha256 } };
  const retry = { type: 'RequestDocumentAgain', ...byAnna } as const;

  it('is recorded once, and of what was made from records', () => {
    given(document, [requested, rendered]).when(record).records([lost]);
    given(document, [requested, rendered, lost]).when(record).recordsNothing();
    given(document, [requested]).when(record).recordsNothing();
    given(document, [uploaded]).when(record).recordsNothing();
    given(document, []).when(record).refuses({ reason: 'DocumentUnknown', document: id });
    const remade: DocumentEvent = { type: 'DocumentRendered', data: { document: id, ...artefact, sha256: 'ef'.repeat(32) } };
    given(document, [requested, rendered, lost, again, remade]).when(record).recordsNothing();
  });

  it('is made again when somebody asks for it, and not by itself', () => {
    expect(isOutstanding(fold(document, [requested, rendered, lost]))).toBe(false);
    given(document, [requested, rendered, lost]).when(retry).records([again]);
    given(document, [requested, rendered, lost]).when({ ...retry, account: 'bob' }).refuses({ reason: 'NotPermitted', role: 'examiner' });
    given(document, [requested, rendered, lost, again]).when({ type: 'RecordRendering', document: id, ...artefact }).records([rendered]);
    given(document, [requested, rendered]).when(retry).recordsNothing();
  });

  it('is told by its reason until it is made again', () => {
    expect(fold(document, [requested, rendered, lost])).toMatchObject({ state: 'parked', reason: 'file-lost', attempts: 0 });
    expect(fold(document, [requested, rendered, lost, again, rendered])).toMatchObject({ state: 'ready', reason: undefined });
  });

  it('may be had all the same when the file has come back', () => {
    const downloaded: DocumentEvent = { type: 'DocumentDownloaded', data: { document: id, account: 'anna', sha256: artefact.sha256 } };
    given(document, [requested, rendered, lost]).when({ type: 'DownloadDocument', ...byAnna }).records([downloaded]);
  });
});

describe('downloading it', () => {
  const download = { type: 'DownloadDocument', ...byAnna } as const;
  const downloaded = (account: string): DocumentEvent => ({
    type: 'DocumentDownloaded',
    data: { document: id, account, sha256: artefact.sha256 },
  });

  it('is recorded each time, for whoever asked for it and for whoever reads everything', () => {
    given(document, [requested, rendered]).when(download).records([downloaded('anna')]);
    given(document, [requested, rendered, downloaded('anna')]).when(download).records([downloaded('anna')]);
    given(document, [requested, rendered]).when({ ...download, ...byAda }).records([downloaded('ada')]);
  });

  it('is refused to others, to whoever has the centre no more, and before it is there', () => {
    given(document, [requested, rendered]).when({ ...download, account: 'bob' }).refuses({ reason: 'NotPermitted', role: 'examiner' });
    given(document, [requested, rendered]).when({ ...download, isTheirs: false }).refuses({ reason: 'NotYourCentre', centre: '68101' });
    given(document, [requested]).when(download).refuses({ reason: 'DocumentNotReady', state: 'requested' });
    given(document, []).when(download).refuses({ reason: 'DocumentUnknown', document: id });
  });

  it('of an agenda is for everybody with a part in the component', () => {
    const upload = { type: 'UploadAgenda', document: id, component, account: 'ada', ...artefact } as const;
    given(document, []).when(upload).records([uploaded]);
    given(document, [uploaded]).when(upload).recordsNothing();
    given(document, [uploaded]).when({ ...download, account: 'bob', isTheirs: false }).records([downloaded('bob')]);
    given(document, [uploaded]).when({ ...download, role: 'appointee' }).refuses({ reason: 'NotPermitted', role: 'appointee' });
  });
});

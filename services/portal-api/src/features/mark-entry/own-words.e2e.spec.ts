import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { HistoryEntry, Sheet } from '@portal/contract';
import { COMPONENT, OTHER_CENTRE, setUp, sheetPath, succeeded, type Examination } from '../../testing/one-component.js';
import { startPortal, type Portal } from '../../testing/portal.js';

let portal: Portal;
let exam: Examination;
beforeAll(async () => {
  portal = await startPortal();
  exam = await setUp(portal);
});
afterAll(() => portal.stop());

const historyPath = (number: string, centre: string): string => `/history/${encodeURIComponent(COMPONENT)}/${centre}/${number}`;

describe('what somebody writes in their own words', () => {
  const script = (candidate: string): string => `${sheetPath(OTHER_CENTRE)}/candidates/${candidate}/script`;
  const wordsIn = async (words: string): Promise<readonly string[]> =>
    (await portal.log()).filter(({ data }) => JSON.stringify(data).includes(words)).map(({ type }) => type);

  it('is shown with the sheet and in the history, and stands in an erasable stream alone', async () => {
    await succeeded(exam.anna, 'POST', script('0002'), { received: false, reason: 'torn by the dog' });
    const sheet = await exam.anna.get<Sheet>(sheetPath(OTHER_CENTRE));
    expect(sheet.candidates[1]).toMatchObject({ state: 'outstanding', reason: 'torn by the dog' });
    expect((await exam.anna.get<HistoryEntry[]>(historyPath('0002', OTHER_CENTRE))).at(-1)).toMatchObject({ reason: 'torn by the dog' });
    expect(await wordsIn('torn by the dog')).toEqual(['TextWritten']);
  });

  it('is not kept where the report is refused or changes nothing', async () => {
    const other = await exam.anna.ask('POST', script('0002'), { body: { received: false, reason: 'another tale' } });
    expect(other).toMatchObject({ status: 409, body: { type: 'script-outstanding', why: 'torn by the dog' } });
    await succeeded(exam.anna, 'POST', script('0002'), { received: false, reason: 'torn by the dog' });
    expect(await wordsIn('another tale')).toEqual([]);
    expect(await wordsIn('torn by the dog')).toHaveLength(1);
  });

  it('is gone when it is erased; that the script was missing stays', async () => {
    const { stream } = (await portal.log()).find(({ type }) => type === 'TextWritten')!;
    await portal.foundation.events.deleteStream(stream);
    expect((await exam.anna.get<HistoryEntry[]>(historyPath('0002', OTHER_CENTRE))).at(-1)).toMatchObject({ type: 'ScriptNotReceived', reason: '' });
    await succeeded(exam.anna, 'POST', script('0002'), { received: true });
  });
});

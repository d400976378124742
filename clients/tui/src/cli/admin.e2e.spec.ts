import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { address, startService, type Person, type TestService } from './testing.js';

let service: TestService;
let admin: Person;
let user7: Person;
beforeAll(async () => {
  service = await startService();
  [admin, user7] = [await service.person('admin'), await service.person('user7')];
});
afterAll(() => service?.stop());

const component = {
  component: '1234/02@2017-06', kind: 'EMI', series: 'June 2017', qualification: 'GCSE',
  titles: { en: 'GREEK', cy: 'GROEG' }, maximum: 60, halfMarks: true, deadline: '2017-07-12T22:59:00Z',
};

describe('setting up on the command line', () => {
  it('goes from nothing to a mark: component, centre, candidates, team, allocation', async () => {
    const put = await admin.portal(`admin component put --file ${admin.file('component.json', JSON.stringify(component))}`);
    expect([put.code, put.stderr]).toEqual([0, '']);
    expect((await admin.portal('admin component show 1234/02')).json()).toMatchObject(component);
    const centres = await admin.portal('admin centres --file -', { stdin: 'CentreNo,Name\n70001,Ysgol Newydd\n7x,Bad\n' });
    expect([centres.code, centres.json()]).toEqual([5, { accepted: 1, unchanged: 0, refused: [expect.objectContaining({ row: 2, field: 'CentreNo' })] }]);
    const people = 'Series,CentreNo,CandidateNo,UCI,Name\nJune 2017,70001,0001,700010170001A,Siân Ŵyn\nJune 2017,70001,0002,,Bob\n';
    expect((await admin.portal('admin candidates --file -', { stdin: people })).json()).toMatchObject({ accepted: 2, refused: [] });
    const team = `Person,Role,Senior\n${address('principal')},principal,\n${address('user7')},examiner,${address('principal')}\n`;
    expect((await admin.portal('admin team 1234/02 --file -', { stdin: team })).json()).toMatchObject({ accepted: 2, refused: [] });
    const allocation = `CentreNo,CandidateNo,Examiner\n70001,0001,${address('user7')}\n70001,0002,${address('user7')}\n70001,0003,${address('nobody')}\n`;
    const allocated = await admin.portal(`admin allocate 1234/02 --file -`, { stdin: allocation });
    expect([allocated.code, allocated.json()]).toEqual([5, expect.objectContaining({ accepted: 2 })]);
    expect(allocated.json().refused[0]).toMatchObject({ row: 3, candidate: '0003', field: 'Examiner' });
    expect((await user7.portal('emi enter 1234/02 70001 0001 7.5')).json()).toMatchObject({ mark: 7.5 });
    const sheet = (await user7.portal('emi sheet 1234/02 70001')).json();
    expect(sheet.candidates[0]).toMatchObject({ name: 'Siân Ŵyn', mark: 7.5 });
  });

  it('takes who is not named yet, and says so', async () => {
    const named = await admin.portal('admin centres --file -', { stdin: 'CentreNo,Name,Consortium\n70003,Ysgol Tri,Arfon\n70004,Ysgol Pedwar,\n' });
    expect(named.json()).toEqual({ accepted: 2, unchanged: 0, refused: [] });
    const stranger = { stdin: 'Series,CentreNo,CandidateNo,Name\nJune 2017,70009,0001,Mair\n' };
    expect((await admin.portal('admin candidates --file -', stranger)).json()).toMatchObject({
      accepted: 1, warnings: [{ row: 1, candidate: '0001', field: 'CentreNo', reason: 'centre-unnamed' }],
    });
    const rows = { stdin: `CentreNo,CandidateNo,Examiner\n70001,0004,${address('examiner2')}\n` };
    const allocated = await admin.portal('admin allocate 1234/02 --file - --dry-run', rows);
    expect([allocated.code, allocated.json().warnings.map(({ reason }: { reason: string }) => reason)]).toEqual([0, ['not-in-team', 'candidate-unnamed']]);
    const spoken = await admin.plain('admin allocate 1234/02 --file - --dry-run', rows);
    expect(spoken.stdout).toContain('not in the team of this component');
  });

  it('repeats an import without doing it twice, and a dry run does nothing', async () => {
    const rows = 'CentreNo,Name\n70002,Ysgol Dau\n';
    const dry = await admin.portal('admin centres --file - --dry-run', { stdin: rows });
    expect([dry.code, dry.json()]).toEqual([0, { accepted: 1, unchanged: 0, refused: [] }]);
    expect((await admin.portal('admin centres --file -', { stdin: rows })).json()).toEqual({ accepted: 1, unchanged: 0, refused: [] });
    expect((await admin.portal('admin centres --file -', { stdin: rows })).json()).toEqual({ accepted: 0, unchanged: 1, refused: [] });
  });

  it('sends a long file in several requests and counts its rows through', async () => {
    const rows = Array.from({ length: 1_201 }, (_, index) => (index === 1_100 ? 'x,Bad' : `${30_000 + index},Ysgol ${index}`));
    const answer = await admin.portal('admin centres --file -', { stdin: `CentreNo,Name\n${rows.join('\n')}\n` });
    expect(answer.json()).toMatchObject({ accepted: 1_200, refused: [{ row: 1_101 }] });
  });

  it('creates an account and its invitation, once', async () => {
    const words = `admin account create --username ${address('new')} --name "Newydd Sbon" --roles appointee`;
    const id = randomUUID();
    const created = await admin.portal(`${words} --command-id ${id}`);
    expect(created.json()).toMatchObject({ event: expect.any(String), invitation: expect.any(String) });
    const { invitation } = created.json() as { invitation: string };
    const chosen = `${invitation}\nchosen by the invited\n`;
    expect((await admin.portal('redeem --password-stdin', { stdin: chosen })).json()).toEqual({ username: address('new') });
    const twice = await admin.portal('redeem --password-stdin', { stdin: chosen });
    expect([twice.code, twice.error().type]).toEqual([1, 'sign-in-refused']);
    const again = await admin.portal(words);
    expect([again.code, again.error().type]).toEqual([1, 'account-exists']);
    const wrong = await admin.portal('admin account create --username nonsense --name N --roles king');
    expect([wrong.code, typeof wrong.error().field]).toEqual([1, 'string']);
  });

  it('refuses files and settings that are not what they should be', async () => {
    const put = (text: string) => admin.portal('admin component put --file -', { stdin: text });
    for (const text of ['', '[]', 'null', '{"component":7}', 'x']) expect((await put(text)).code).toBe(1);
    const odd = await put(JSON.stringify({ ...component, maximum: 'many' }));
    expect([odd.code, odd.error().field]).toEqual([1, 'maximum']);
    expect((await put(JSON.stringify({ ...component, extra: 1 }))).code).toBe(1);
    expect((await admin.portal('admin component put --file nowhere.json')).code).toBe(2);
    expect((await admin.portal('admin component show 4321/01')).error().type).toBe('component-unknown');
    expect((await admin.portal('admin team 4321/01 --file -', { stdin: 'Person,Role\nx,y\n' })).code).toBe(1);
  });

  it('is for administrators', async () => {
    for (const words of ['admin component show 9521/01', 'admin centres --file -', 'admin account create --username a@b --name N --roles admin']) {
      const answer = await user7.portal(words, { stdin: 'CentreNo,Name\n70009,X\n' });
      expect([answer.code, answer.error().type]).toEqual([1, 'not-permitted']);
    }
  });
});

describe('the team on the command line', () => {
  it('shows the tree, and a senior reallocates', async () => {
    const leader = await service.person('teamleader');
    const [root] = (await leader.portal('team 9521/01')).json();
    expect(root).toMatchObject({ person: address('principal'), role: 'principal', members: [{ person: address('teamleader') }] });
    const words = `team reallocate 9521/01 68109 --to ${address('examiner2')} --from ${address('user7')}`;
    const refused = await user7.portal(words);
    expect([refused.code, refused.error().type]).toEqual([1, 'not-senior']);
    await user7.portal('emi enter 9521/01 68109 0001 12');
    const remain = await leader.portal(words);
    expect([remain.code, remain.error().type]).toEqual([1, 'entered-marks-remain']);
    expect((await leader.portal(`${words} --entered clear`)).json()).toMatchObject({ event: expect.any(String) });
    const late = await user7.portal('emi enter 9521/01 68109 0001 13');
    expect([late.code, ['reallocated', 'not-your-candidate']]).toEqual([1, expect.arrayContaining([late.error().type])]);
    const all = await leader.portal(`team reallocate 9521/01 68110 --to ${address('examiner2')}`);
    expect(all.json()).toMatchObject({ event: expect.any(String) });
    expect((await leader.portal('team reallocate 9521/01 68110 --to nobody@x')).error().type).toBe('person-unknown');
  });
});

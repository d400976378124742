/** One mark sheet of 5,000 candidates, set up by the administrator's own commands, and its examiner signed in. */
import { join } from 'node:path';
import { mkdirSync } from 'node:fs';
import { address, signIn, startService, temporaryFolder, type Person, type Service } from '@portal/test-support';

export const CANDIDATES = 5000;
export const CENTRE = '68999';
const COMPONENT = '9998/01@2017-01';

export interface LargeSheet {
  readonly service: Service;
  readonly examiner: Person;
  readonly remove: () => Promise<void>;
}

export async function createLargeSheet(): Promise<LargeSheet> {
  const folder = temporaryFolder();
  const service = await startService({ folder: folder.path });
  const admin = await person(folder.path, service.url, 'admin');
  await setUp(admin);
  return {
    service,
    examiner: await person(folder.path, service.url, 'examiner2'),
    remove: async () => {
      await service.stop();
      folder.remove();
    },
  };
}

function person(folder: string, server: string, name: string): Promise<Person> {
  const own = join(folder, name);
  mkdirSync(own);
  return signIn(own, server, name);
}

async function setUp(admin: Person): Promise<void> {
  const component = {
    component: COMPONENT,
    kind: 'EMI',
    series: 'January 2017',
    qualification: 'GCSE',
    titles: { en: 'ONE LARGE SHEET', cy: 'UN DAFLEN FAWR' },
    maximum: 100,
    deadline: '2017-02-12T23:59:00Z',
  };
  await admin.portal(['admin', 'component', 'put', '--file', admin.file('component.json', JSON.stringify(component))]);
  const team = admin.file('team.csv', `Person,Role,Senior\n${address('examiner2')},examiner,\n`);
  await admin.portal(['admin', 'team', COMPONENT, '--file', team]);
  const rows = Array.from({ length: CANDIDATES }, (_, index) => `${CENTRE},${String(index + 1).padStart(4, '0')},${address('examiner2')}`);
  const allocation = admin.file('allocation.csv', `CentreNo,CandidateNo,Examiner\n${rows.join('\n')}\n`);
  await admin.portal(['admin', 'allocate', COMPONENT, '--file', allocation]);
}

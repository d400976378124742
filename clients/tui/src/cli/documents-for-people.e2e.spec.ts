import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { portalPaths } from '../platform/paths.js';
import { startService, succeeded, type Person, type TestService } from './testing.js';

let service: TestService;
let principal: Person;
beforeAll(async () => {
  service = await startService();
  principal = await service.person('principal');
}, 120_000);
afterAll(() => service?.stop());

const C = '3000N1';

describe('documents as people ask for them', () => {
  it('are in the language that a person keeps, where no other is named', async () => {
    const person = await service.person('principal');
    const { settingsFile } = portalPaths({ XDG_CONFIG_HOME: join(person.folder, 'config') });
    mkdirSync(dirname(settingsFile), { recursive: true, mode: 0o700 });
    writeFileSync(settingsFile, '{"language":"cy"}', { mode: 0o600 });
    const languageOf = async (more: string) => (await succeeded(person.portal(`document request summary --component ${C}${more}`))).json().language;
    expect([await languageOf(''), await languageOf(' --language en')]).toEqual(['cy', 'en']);
  }, 60_000);
});

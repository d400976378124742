import { mkdtempSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { headerOf, isCapacity, isWorkAsKept, keepWorkAs, readWorkAs, type WorkAsPlace } from './work-as.js';

const newFile = () => join(mkdtempSync(join(tmpdir(), 'portal-work-as-')), 'portal', 'work-as.json');
const here: WorkAsPlace = { server: 'http://127.0.0.1:1', account: 'a-1', component: '3000N1@2017-06' };

describe('the capacity kept for the next start', () => {
  it('is what was kept for this server, account and component, and for nobody else', async () => {
    const file = newFile();
    expect(readWorkAs(file, here)).toBeUndefined();
    await keepWorkAs(file, here, { role: 'principal', member: 'm1@wjec-appointees.co.uk' });
    await keepWorkAs(file, { ...here, account: 'a-2' }, { role: 'moderator' });
    expect(readWorkAs(file, here)).toEqual({ role: 'principal', member: 'm1@wjec-appointees.co.uk' });
    expect(readWorkAs(file, { ...here, account: 'a-2' })).toEqual({ role: 'moderator' });
    for (const other of [{ server: 'http://127.0.0.1:2' }, { account: 'a-3' }, { component: '3000N2@2017-06' }]) {
      expect(readWorkAs(file, { ...here, ...other })).toBeUndefined();
    }
    expect(isWorkAsKept(file, { server: here.server, component: '3000N2@2017-06' })).toBe(false);
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  it('is the latest, and forgotten when asked', async () => {
    const file = newFile();
    await keepWorkAs(file, here, { role: 'principal', member: 'm1@wjec-appointees.co.uk' });
    await keepWorkAs(file, here, { role: 'principal' });
    expect(readWorkAs(file, here)).toEqual({ role: 'principal' });
    await keepWorkAs(file, here, undefined);
    expect(readWorkAs(file, here)).toBeUndefined();
  });

  it('is found by the bare code while one series alone is kept', async () => {
    const file = newFile();
    await keepWorkAs(file, here, { role: 'principal' });
    expect(readWorkAs(file, { ...here, component: '3000N1' })).toEqual({ role: 'principal' });
    expect(readWorkAs(file, { ...here, component: '3000N' })).toBeUndefined();
    await keepWorkAs(file, { ...here, component: '3000N1@2018-06' }, { role: 'moderator' });
    expect(readWorkAs(file, { ...here, component: '3000N1' })).toBeUndefined();
    expect(readWorkAs(file, here)).toEqual({ role: 'principal' });
  });

  it('of two commands that keep at once both stand', async () => {
    const file = newFile();
    const components = Array.from({ length: 8 }, (_, index) => `300${index}N1@2017-06`);
    await Promise.all(components.map(component => keepWorkAs(file, { ...here, component }, { role: 'principal' })));
    expect(components.filter(component => readWorkAs(file, { ...here, component }) === undefined)).toEqual([]);
  });

  it('passes over what somebody wrote by hand', async () => {
    const file = newFile();
    await keepWorkAs(file, here, { role: 'principal' });
    writeFileSync(file, JSON.stringify([{ ...here, role: 'principal\nX-Other: 1' }, null, 7, { ...here, role: 7 }]));
    expect(readWorkAs(file, here)).toBeUndefined();
    writeFileSync(file, '{"half":');
    expect(readWorkAs(file, here)).toBeUndefined();
    await keepWorkAs(file, here, { role: 'moderator' });
    expect(readWorkAs(file, here)).toEqual({ role: 'moderator' });
  });
});

describe('a capacity in a header', () => {
  it('names the member where there is one', () => {
    expect(headerOf({ role: 'moderator' })).toBe('moderator');
    expect(headerOf({ role: 'principal', member: 'm1@wjec-appointees.co.uk' })).toBe('principal; member=m1@wjec-appointees.co.uk');
  });

  it('is nothing that a header could not hold', () => {
    expect(isCapacity({ role: 'team-leader', member: 'm1@wjec-appointees.co.uk' })).toBe(true);
    const wrong = [{ role: '' }, { role: 'A' }, { role: 'a', member: '' }, { role: 'a', member: 'a b' }, { role: 'a', member: 'â' }, { role: 'a', member: 'x\n' }];
    expect(wrong.filter(isCapacity)).toEqual([]);
  });
});

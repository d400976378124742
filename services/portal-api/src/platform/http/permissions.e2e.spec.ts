import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Controller, Get, Module } from '@nestjs/common';
import { AppModule } from '../../app.module.js';
import { createApplication } from '../../application.js';
import { CENTRE, COMPONENT, setUp, type Examination } from '../../testing/one-component.js';
import { startPortal, type Person, type Portal } from '../../testing/portal.js';
import { ROUTES } from './routes.js';

let portal: Portal;
let exam: Examination;
beforeAll(async () => {
  portal = await startPortal();
  exam = await setUp(portal);
});
afterAll(() => portal.stop());

const PARAMS: Readonly<Record<string, string>> = { component: encodeURIComponent(COMPONENT), centre: CENTRE, candidate: '0001', change: '1', username: 'nobody%40example.org', id: '1' };
const routes = Object.entries(ROUTES).map(([name, { who }]) => {
  const [method, path] = name.split(' ') as [string, string];
  return { name, who, method, path: path.replace(/:(\w+)/g, (_, param: string) => PARAMS[param] as string) };
});

type Role = 'nobody' | 'appointee' | 'auditor' | 'admin';

const BY_STATUS: Readonly<Record<number, string>> = { 401: 'not-signed-in', 403: 'not-permitted' };

/** Status and type; an answer that is streamed counts by its head. */
async function knock(role: Role, method: string, path: string): Promise<{ status: number; type: unknown }> {
  const who: Record<Role, Person | undefined> = { nobody: undefined, appointee: exam.anna, auditor: exam.auditor, admin: exam.admin };
  const token = who[role]?.token;
  const abort = new AbortController();
  const response = await fetch(portal.url + path, { method, signal: abort.signal, headers: token === undefined ? {} : { authorization: `Bearer ${token}` } });
  const isProblem = (response.headers.get('content-type') ?? '').startsWith('application/problem+json');
  // To HEAD nothing is said but the status.
  const said = method === 'HEAD' ? { type: BY_STATUS[response.status] } : isProblem ? ((await response.json()) as { type: unknown }) : undefined;
  abort.abort();
  return { status: response.status, type: said?.type };
}

describe('a route that no row of the table allows', () => {
  class UnlistedController {
    answer() {
      return { secret: true };
    }
  }
  Controller('unlisted')(UnlistedController);
  Get()(UnlistedController.prototype, 'answer', Object.getOwnPropertyDescriptor(UnlistedController.prototype, 'answer') as PropertyDescriptor);

  it('does not start', async () => {
    Module({ controllers: [UnlistedController] })(AppModule);
    try {
      await expect(createApplication(portal.foundation)).rejects.toThrow('no permission is written down for GET /unlisted');
    } finally {
      Module({ controllers: [] })(AppModule);
    }
  });
});

describe('who may call what', () => {
  it.each(routes)('$name', async ({ who, method, path }) => {
    for (const role of ['nobody', 'appointee', 'auditor', 'admin'] as const) {
      const before = (await portal.log()).length;
      const { status, type } = await knock(role, method, path);
      const isAllowed = who === 'anyone' || (role !== 'nobody' && (who === 'signed-in' || who.some((one) => one === role)));
      if (isAllowed) expect([401, 'not-permitted']).not.toEqual(expect.arrayContaining([status === 401 ? 401 : type]));
      else expect({ role, status, type }).toEqual(role === 'nobody' ? { role, status: 401, type: 'not-signed-in' } : { role, status: 403, type: 'not-permitted' });
      if (!isAllowed) expect((await portal.log()).length).toBe(before);
    }
  });

  it('lets auditors change nothing and administrators enter no marks', () => {
    // To ask for a document is to read.
    const writing = routes.filter(({ method, path }) => method !== 'GET' && method !== 'HEAD' && !path.startsWith('/documents'));
    expect(writing.filter(({ who }) => typeof who === 'string' || who.includes('auditor'))).toEqual([]);
    const marks = writing.filter(({ path }) => path.startsWith('/emi/'));
    expect(marks.length).toBeGreaterThan(8);
    expect(marks.filter(({ who }) => typeof who === 'string' || who.includes('admin'))).toEqual([]);
    // They may ask for a centre's mark to be changed; somebody senior decides it.
    const moderated = writing.filter(({ path }) => path.startsWith('/iamis/'));
    expect(moderated.length).toBeGreaterThan(12);
    expect(moderated.filter(({ who }) => typeof who === 'string' || who.includes('admin')).map(({ path }) => path.split('/').at(-1))).toEqual(['change']);
  });

  it('counts what a person holds, not what a token says', async () => {
    const stranger = await portal.issuer.token({ account: 'account-of-nobody' });
    const response = await fetch(`${portal.url}/me`, { headers: { authorization: `Bearer ${stranger}` } });
    expect([response.status, ((await response.json()) as { type: string }).type]).toEqual([403, 'not-permitted']);
  });
});

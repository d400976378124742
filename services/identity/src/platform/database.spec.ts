import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { openDatabase } from './database.js';

let folder: string;
beforeAll(() => void (folder = mkdtempSync(join(tmpdir(), 'portal-database-'))));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it('opens a store of before there were reasons for the end of a sign-in, and keeps what stands in it', () => {
  const file = join(folder, 'identity.db');
  const older = new DatabaseSync(file);
  older.exec(`CREATE TABLE sign_ins (
    grant_id TEXT PRIMARY KEY, session TEXT NOT NULL, account TEXT NOT NULL, amr TEXT NOT NULL,
    auth_time INTEGER NOT NULL, kept INTEGER NOT NULL, expires_at INTEGER NOT NULL, ended INTEGER NOT NULL DEFAULT 0
  ) STRICT; INSERT INTO sign_ins VALUES ('g1', 's1', 'a1', 'pwd', 1, 0, 2, 1)`);
  older.close();
  for (let times = 0; times < 2; times += 1) {
    const database = openDatabase(file);
    expect(database.prepare('SELECT * FROM sign_ins').all()).toMatchObject([{ session: 's1', ended: 1, end_reason: null, ended_by: null }]);
    database.close();
  }
});

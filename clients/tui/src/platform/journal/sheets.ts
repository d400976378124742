import { createHash } from 'node:crypto';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** Whose marks, for which paper, at which school: one journal. */
export interface SheetKey {
  readonly server: string;
  /** The opaque account id: two people on one machine never share a journal. */
  readonly account: string;
  readonly component: string;
  readonly centre: string;
}

export function sheetFolder(journalFolder: string, key: SheetKey): string {
  return join(personFolder(journalFolder, key), encodeURIComponent(key.component), encodeURIComponent(key.centre));
}

/** The sheets of this person for which anything lies on disk: opening each finds out whether it is still owed. */
export function sheetsOnDisk(journalFolder: string, person: Pick<SheetKey, 'server' | 'account'>): readonly SheetKey[] {
  const folder = personFolder(journalFolder, person);
  return foldersIn(folder).flatMap(component =>
    foldersIn(join(folder, component))
      .filter(centre => readdirSync(join(folder, component, centre)).some(name => name.endsWith('.jsonl')))
      .map(centre => ({
        server: person.server,
        account: person.account,
        component: decodeURIComponent(component),
        centre: decodeURIComponent(centre),
      })),
  );
}

function personFolder(journalFolder: string, { server, account }: Pick<SheetKey, 'server' | 'account'>): string {
  return join(journalFolder, createHash('sha256').update(`${server}\n${account}`).digest('hex').slice(0, 32));
}

function foldersIn(folder: string): readonly string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true }).filter(entry => entry.isDirectory()).map(entry => entry.name);
}

/** Every kind of view store, empty and real, for tests that all of them must pass. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startRedis, type RedisServer } from '../../testing/redis-server.js';
import type { ViewStore } from './port.js';
import { RedisViewStore } from './redis/redis-view-store.js';
import { SqliteViewStore } from './sqlite/sqlite-view-store.js';

export interface StorePlace {
  /** As one more process would. */
  readonly open: () => Promise<ViewStore>;
  readonly redis: RedisServer | undefined;
  /** Closes what was opened, too. */
  readonly remove: () => Promise<void>;
}

export const STORES: readonly (readonly [string, () => Promise<StorePlace>])[] = [
  ['SQLite', () => placeIn((folder) => ({ open: () => Promise.resolve(new SqliteViewStore(join(folder, 'views.db'))) }))],
  ['Redis', redisPlace],
];

export function redisPlace(): Promise<StorePlace> {
  return placeIn(async (folder) => {
    const redis = await startRedis({ folder });
    return { open: () => RedisViewStore.open(redis.url), redis };
  });
}

interface Kind {
  readonly open: () => Promise<ViewStore>;
  readonly redis?: RedisServer;
}

async function placeIn(begin: (folder: string) => Kind | Promise<Kind>): Promise<StorePlace> {
  const folder = mkdtempSync(join(tmpdir(), 'portal-views-'));
  const { open, redis } = await begin(folder);
  const opened: ViewStore[] = [];
  return {
    open: async () => {
      const store = await open();
      opened.push(store);
      return store;
    },
    redis,
    remove: async () => {
      await Promise.all(opened.map((store) => store.close()));
      await redis?.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

import { join } from 'node:path';
import { VIEWS } from '@portal/domain';
import type { EventStore } from '@portal/event-store';
import type { Config } from '../config.js';
import type { ViewStore } from '../view-store/port.js';
import type { ViewProgress } from './progress.js';
import { Projector } from './projector.js';
import { ViewReader } from './reader.js';

/** The views as this process has them. */
export interface OpenViews {
  readonly store: ViewStore;
  readonly progress: ViewProgress;
  close(): Promise<void>;
}

/** In Redis, or in a file; moved by this process where it is a projector, else only read. */
export async function openViews({ data, redis, roles }: Pick<Config, 'data' | 'redis' | 'roles'>, events: EventStore): Promise<OpenViews> {
  // Only the one that is used is loaded: a start is no longer for the other.
  if (redis === undefined) {
    const { SqliteViewStore } = await import('../view-store/sqlite/sqlite-view-store.js');
    const file = new SqliteViewStore(join(data, 'views.db'));
    return opened(file, new Projector(events, file, VIEWS));
  }
  const { RedisViewStore } = await import('../view-store/redis/redis-view-store.js');
  const store = await RedisViewStore.open(redis);
  return opened(store, roles.has('projector') ? new Projector(events, store, VIEWS) : new ViewReader(events, store, VIEWS));
}

async function opened(store: ViewStore, views: Projector | ViewReader): Promise<OpenViews> {
  await views.start();
  const close = async (): Promise<void> => {
    await views.stop();
    await store.close();
  };
  return { store, progress: views.progress, close };
}

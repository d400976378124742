import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { Global, Module, type DynamicModule } from '@nestjs/common';
import { VIEWS } from '@portal/domain';
import { createStreams, RecentHashes, startNotary, type EventStore, type Notary, type Streams } from '@portal/event-store';
import { narrowFiles, openEmbeddedStore } from '@portal/event-store/embedded';
import { CapacityOf } from './capacity.js';
import { CLOCK } from './clock.js';
import { Cohorts } from './cohorts.js';
import { ComponentIds } from './component-id.js';
import { Doorbell } from './doorbell.js';
import { AccessTokens, type ServedConfig } from './http/access-token.js';
import { AtLeastGuard } from './http/at-least.js';
import { PermissionGuard } from './http/guard.js';
import { FreeTexts } from './free-texts.js';
import { IDS, randomIds } from './ids.js';
import { Parts } from './parts.js';
import { PersonNames } from './person-names.js';
import { Projector } from './projector/projector.js';
import { Standing } from './standing.js';
import { CONFIG, EVENT_STORE, NOTARY_HEAD, STREAMS, VIEW_STORE, type NotaryHead } from './tokens.js';
import type { ViewStore } from './view-store/port.js';
import { SqliteViewStore } from './view-store/sqlite/sqlite-view-store.js';
import { Views } from './views.js';

/** What everything else stands on, opened before the first module is built and closed after the last request. */
export interface Foundation {
  readonly config: ServedConfig;
  readonly events: EventStore;
  readonly streams: Streams;
  readonly notary: Notary;
  readonly viewStore: ViewStore;
  readonly projector: Projector;
  readonly clock: () => Date;
}

/** Throws `StoreInUseError` where another process serves this data folder. */
export async function openFoundation(config: ServedConfig, clock = (): Date => new Date()): Promise<Foundation> {
  mkdirSync(config.data, { recursive: true, mode: 0o700 });
  narrowFiles(config.data);
  const events = await openEmbeddedStore({ file: join(config.data, 'events.db') });
  const hashes = new RecentHashes();
  const streams = createStreams(events, { clock, hashes });
  const notary = await startNotary(events, {
    streams,
    hashes,
    keyFile: join(config.data, 'notary.key'),
    logFile: join(config.data, 'notary.jsonl'),
  });
  const viewStore = new SqliteViewStore(join(config.data, 'views.db'));
  const projector = new Projector(events, viewStore, VIEWS);
  await projector.start();
  return { config, events, streams, notary, viewStore, projector, clock };
}

export async function closeFoundation({ events, notary, projector, viewStore }: Foundation): Promise<void> {
  await notary.stop();
  await projector.stop();
  await viewStore.close();
  await events.close();
}

@Global()
@Module({})
export class PlatformModule {
  static of({ config, events, streams, notary, viewStore, projector, clock }: Foundation): DynamicModule {
    const head: NotaryHead = () => {
      const latest = notary.latestHead();
      return latest === undefined ? undefined : { position: latest.position, hash: latest.hash };
    };
    const given = [
      { provide: CONFIG, useValue: config },
      { provide: EVENT_STORE, useValue: events },
      { provide: STREAMS, useValue: streams },
      { provide: NOTARY_HEAD, useValue: head },
      { provide: CLOCK, useValue: clock },
      { provide: IDS, useValue: randomIds },
      { provide: VIEW_STORE, useValue: viewStore },
      { provide: Projector, useValue: projector },
    ];
    const names = [ComponentIds, Cohorts, CapacityOf, Parts, PersonNames, Standing];
    const own = [Views, FreeTexts, ...names, Doorbell, AccessTokens, PermissionGuard, AtLeastGuard];
    return { module: PlatformModule, providers: [...given, ...own], exports: [...given.map(({ provide }) => provide), ...own] };
  }
}

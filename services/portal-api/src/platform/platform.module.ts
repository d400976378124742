import { Global, Module, type DynamicModule } from '@nestjs/common';
import { narrowFiles } from '@portal/event-store/embedded';
import { DpopProofs } from '@portal/identity';
import { CapacityOf } from './capacity.js';
import { CLOCK } from './clock.js';
import { Cohorts } from './cohorts.js';
import { ComponentIds } from './component-id.js';
import { Doorbell } from './doorbell.js';
import { AccessTokens, type ServedConfig } from './http/access-token.js';
import { AtLeastGuard } from './http/at-least.js';
import { EventStreams } from './http/event-streams.js';
import { PermissionGuard } from './http/guard.js';
import { openProofs, type OpenProofs } from './http/open-proofs.js';
import { FreeTexts } from './free-texts.js';
import { IDS, randomIds } from './ids.js';
import { openLog, type Log } from './open-log.js';
import { closeWork, openWork, type Work } from './open-work.js';
import { Parts } from './parts.js';
import { PersonNames } from './person-names.js';
import { openViews, type OpenViews } from './projector/open-views.js';
import { ViewProgress } from './projector/progress.js';
import { openRedisWatch, RedisWatch } from './redis-watch.js';
import { Renderers } from './rendering/renderers.js';
import { Standing } from './standing.js';
import { CONFIG, EVENT_STORE, FILES, JOBS, NOTARY_HEAD, STREAMS, VIEW_STORE } from './tokens.js';
import { usableFolder } from './usable-folder.js';
import { Views } from './views.js';

/** What everything else stands on, opened before the first module is built and closed after the last request. */
export interface Foundation extends Log, Work {
  readonly config: ServedConfig;
  readonly views: OpenViews;
  readonly proofs: OpenProofs;
  readonly redis: RedisWatch;
  readonly clock: () => Date;
}

/** Throws what `openLog` throws. */
export async function openFoundation(config: ServedConfig, clock = (): Date => new Date()): Promise<Foundation> {
  usableFolder('PORTAL_DATA', config.data);
  narrowFiles(config.data);
  const log = await openLog(config, clock);
  const [work, views] = [await openWork(config), await openViews(config, log.events)];
  return { config, ...log, ...work, views, proofs: await openProofs(config), redis: await openRedisWatch(config.redis), clock };
}

export async function closeFoundation({ events, notary, views, proofs, redis, ...work }: Foundation): Promise<void> {
  await closeWork(work);
  await notary?.stop();
  await views.close();
  proofs.close();
  redis.close();
  await events.close();
}

@Global()
@Module({})
export class PlatformModule {
  static of({ config, events, streams, notaryHead, views, proofs, redis, files, jobs, renderers, clock }: Foundation): DynamicModule {
    const given = [
      { provide: CONFIG, useValue: config },
      { provide: EVENT_STORE, useValue: events },
      { provide: STREAMS, useValue: streams },
      { provide: NOTARY_HEAD, useValue: notaryHead },
      { provide: CLOCK, useValue: clock },
      { provide: FILES, useValue: files },
      { provide: JOBS, useValue: jobs },
      { provide: Renderers, useValue: renderers },
      { provide: IDS, useValue: randomIds },
      { provide: VIEW_STORE, useValue: views.store },
      { provide: ViewProgress, useValue: views.progress },
      { provide: RedisWatch, useValue: redis },
      { provide: DpopProofs, useValue: proofs.proofs },
    ];
    const names = [ComponentIds, Cohorts, CapacityOf, Parts, PersonNames, Standing];
    const own = [Views, FreeTexts, ...names, Doorbell, EventStreams, AccessTokens, PermissionGuard, AtLeastGuard];
    return { module: PlatformModule, providers: [...given, ...own], exports: [...given.map(({ provide }) => provide), ...own] };
  }
}

import { iamisCentres, iamisCentresKey, moderation, moderationStream, type Moderation } from '@portal/domain';
import type { Streams } from '@portal/event-store';
import type { Views } from '../../platform/views.js';

/** The highest mark of centres and moderators on a component, in points; undefined where there is none. */
export async function highestModerated(component: string, views: Views, streams: Streams): Promise<number | undefined> {
  const moderations = await views.list(iamisCentres, iamisCentresKey(component, ''));
  const marks = moderations.map(async ({ centre }) => {
    const { state } = await streams.load(moderation, moderationStream(component, centre));
    return highestIn(state);
  });
  return (await Promise.all(marks)).reduce((most, mark) => (mark === undefined ? most : Math.max(most ?? 0, mark)), undefined);
}

function highestIn({ candidates, halfMarks }: Moderation): number | undefined {
  let most: number | undefined;
  for (const { mark, moderatorMark } of candidates.values()) {
    for (const one of [mark, moderatorMark]) if (typeof one === 'number') most = Math.max(most ?? 0, one);
  }
  return most === undefined || !halfMarks ? most : most / 2;
}

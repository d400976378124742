import type { IamisSample } from '@portal/contract';
import type { Sentence, WhyNot } from '../../platform/screen.js';
import { sanitise } from '../../platform/text/sanitise.js';
import type { WorkAs } from '../../platform/work-as.js';

/** Whose centre it is and who looks: the service has the last word, and the key says it before anything is typed. */
export interface Looking {
  readonly sample: IamisSample | undefined;
  /** User name of who is signed in. */
  readonly person: string | undefined;
  readonly workAs: WorkAs | undefined;
}

/** Undefined where the centre is allocated to the one who looks, or where that is not known yet. */
export function whyNotTheirs({ sample, person }: Looking): Sentence | undefined {
  if (sample === undefined || person === undefined || sample.moderator === person) return undefined;
  const { moderator } = sample;
  return moderator === '' ? { id: 'iamis.why.nobody-allocated' } : { id: 'iamis.why.not-your-centre', values: { name: sanitise(moderator) } };
}

/** What the moderator alone does, while the centre is in review. */
export function whyNotModerating(looking: Looking): WhyNot {
  const { sample, workAs } = looking;
  if (workAs?.member !== undefined) return 'iamis.why.as-member';
  return whyNotTheirs(looking) ?? (sample === undefined || sample.state === 'reviewing' ? undefined : 'iamis.why.closed');
}

/** What the frame around all pages knows of the person. */
export function lookerOf(component: string, services: { readonly person?: string; readonly workAs?: Readonly<Record<string, WorkAs>> }): Pick<Looking, 'person' | 'workAs'> {
  return { person: services.person, workAs: services.workAs?.[component] };
}

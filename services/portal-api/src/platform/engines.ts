import { z } from 'zod';

/** Which engines hold the log and what is derived from it, and what this process does with them. */

export const ROLES = ['api', 'projector', 'worker', 'identity'] as const;
export type Role = (typeof ROLES)[number];

export const EngineSettings = z.object({
  PORTAL_ROLES: z.string().default(ROLES.join(',')),
  /** A cluster's has several hosts, which no URL has: the adapter reads it. */
  EVENTSTORE_URL: z.string().regex(/^esdb(\+discover)?:\/\/\S+$/, 'esdb://… or esdb+discover://… is needed').optional(),
  REDIS_URL: z.string().regex(/^rediss?:\/\/[^\s/?#]+(\/\d*)?([?#]\S*)?$/, 'redis://HOST:PORT/DATABASE or rediss://… is needed').optional(),
});

export interface Engines {
  readonly roles: ReadonlySet<Role>;
  /** Connection string, with credentials; undefined: the embedded store in the data folder. */
  readonly eventStore: string | undefined;
  /** Where views and jobs are, with credentials; undefined: a file in the data folder, and this process. */
  readonly redis: string | undefined;
}

/** What is wrong with a setting: `NAME: why`. */
export class ConfigError extends Error {}

export function enginesOf(settings: z.infer<typeof EngineSettings>, isSignedInElsewhere: boolean): Engines {
  const { PORTAL_ROLES, EVENTSTORE_URL: eventStore, REDIS_URL: redis } = settings;
  const roles = rolesIn(PORTAL_ROLES);
  const missing = ROLES.find((role) => !roles.has(role) && !(role === 'identity' && isSignedInElsewhere));
  if (missing !== undefined) requireShared({ roles, eventStore, redis }, missing);
  return { roles, eventStore, redis };
}

/** Accounts are kept by the process that signs people in; where one does everything, by that one. */
export const keepsAccounts = ({ roles, eventStore }: Engines): boolean => roles.has('identity') || eventStore === undefined;

function rolesIn(text: string): ReadonlySet<Role> {
  const roles = text.split(',').map((role) => role.trim());
  const unknown = roles.find((role) => !isRole(role));
  if (unknown !== undefined) throw new ConfigError(`PORTAL_ROLES: "${unknown}" is none of ${ROLES.join(', ')}`);
  return new Set(roles.filter(isRole));
}

const isRole = (text: string): text is Role => ROLES.some((role) => role === text);

/** Several processes need engines that several may use. */
function requireShared({ eventStore, redis }: Engines, missing: Role): void {
  if (eventStore === undefined) {
    throw new ConfigError(`PORTAL_ROLES: the embedded event store is written by one process, which must also be "${missing}"`);
  }
  if (redis === undefined) {
    throw new ConfigError(`PORTAL_ROLES: without REDIS_URL the views are a file of one process, which must also be "${missing}"`);
  }
}

import { z } from 'zod';
import { Instant } from './common.js';

/**
 * GET /me        Me
 * GET /services  ServiceEntry[]
 * GET /doorbell  server-sent events: `ready {position}` once, then `changed {position}` whenever a view moved that this
 *                person can see. Losing one costs nothing but a delay.
 */

export const Capacity = z.object({ component: z.string(), role: z.string(), member: z.string().optional() });
export type Capacity = z.infer<typeof Capacity>;

export const Me = z.object({
  account: z.string(),
  username: z.string(),
  displayName: z.string(),
  roles: z.array(z.string()),
  capacities: z.array(Capacity),
  /** When the present access ends unless refreshed; the sign-in itself lasts longer: `endsAt` of `POST /sessions/list`. */
  expiresAt: Instant,
});
export type Me = z.infer<typeof Me>;

export const ServiceEntry = z.object({
  section: z.enum(['examinations-and-assessments', 'audit', 'administration']),
  service: z.enum(['emi', 'iamis', 'documents', 'audit', 'administration']),
  /** What waits for this person; 0 where nothing does. */
  waiting: z.int(),
});
export type ServiceEntry = z.infer<typeof ServiceEntry>;

/**
 * The header in which a capacity travels: `role` or `role; member=USERNAME`, on the component of the URL.
 * Without it: the person's own lowest role there.
 */
export const CAPACITY_HEADER = 'portal-capacity';

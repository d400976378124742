import type { AppState, Screens } from './app.state.js';
import { topOf } from './app.state.js';

/** After how long without a key the page is covered, before the service ends the sign-in by itself. */
export interface LockAfter {
  readonly usuallyMs: number;
  /** Where somebody reads papers between the keys. */
  readonly onLongWorkMs: number;
}

const MINUTE_MS = 60_000;
export const LOCK_AFTER: LockAfter = { usuallyMs: 25 * MINUTE_MS, onLongWorkMs: 120 * MINUTE_MS };

/** `PORTAL_LOCK_MINUTES`: of all pages; 0 never locks. */
export function readLockAfter(env: NodeJS.ProcessEnv): LockAfter {
  const given = env['PORTAL_LOCK_MINUTES'] ?? '';
  if (!/^\d{1,4}$/.test(given)) return LOCK_AFTER;
  const ms = given === '0' ? Infinity : Number(given) * MINUTE_MS;
  return { usuallyMs: ms, onLongWorkMs: ms };
}

export function isToLock(state: AppState, screens: Screens, after: LockAfter): boolean {
  const isAsked = state.stack.some(({ name }) => ASKING.has(name));
  if (state.person === undefined || isAsked) return false;
  const isLong = screens[topOf(state).name]?.isLongWork === true;
  return state.now - state.idleSince >= (isLong ? after.onLongWorkMs : after.usuallyMs);
}

export const LOCK = 'lock';
const ASKING: ReadonlySet<string> = new Set([LOCK, 'sign-in', 'step-up']);

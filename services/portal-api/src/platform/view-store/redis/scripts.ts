import type { Redis } from 'ioredis';

/** What must happen in one step, in Lua: Redis runs nothing else meanwhile, and writes all of it to its file or nothing. */

/** As many arguments as one call within a script takes with certainty. */
const AT_ONCE = 1_000;

/**
 * KEYS: checkpoint, documents, order, last event. ARGV: the checkpoint it must have, as text, which positions are; the one
 * it gets; which event stands there, empty where it is not said; how many documents follow; each with its key before it; then the keys to remove. Answers 0 where it stands elsewhere,
 * or is gone. Where it was discarded meanwhile, what is made now goes with it: nobody names it any more.
 */
const ADVANCE = `
  if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
  local last = 4 + 2 * tonumber(ARGV[4])
  for first = 5, last, ${AT_ONCE} do
    local upTo = math.min(first + ${AT_ONCE - 1}, last)
    if redis.call('HSET', KEYS[2], unpack(ARGV, first, upTo)) > 0 then
      local members = {}
      for at = first, upTo, 2 do
        members[#members + 1] = 0
        members[#members + 1] = ARGV[at]
      end
      redis.call('ZADD', KEYS[3], unpack(members))
    end
  end
  for first = last + 1, #ARGV, ${AT_ONCE} do
    local upTo = math.min(first + ${AT_ONCE - 1}, #ARGV)
    redis.call('HDEL', KEYS[2], unpack(ARGV, first, upTo))
    redis.call('ZREM', KEYS[3], unpack(ARGV, first, upTo))
  end
  redis.call('SET', KEYS[1], ARGV[2], 'KEEPTTL')
  if ARGV[3] ~= '' then redis.call('SET', KEYS[4], ARGV[3], 'KEEPTTL') end
  local left = redis.call('PTTL', KEYS[1])
  if left >= 0 then
    for n = 2, 4 do redis.call('PEXPIRE', KEYS[n], left) end
  end
  return 1
`;

/**
 * KEYS: checkpoint, documents. ARGV: a key. Answers its document, empty where there is none, and nothing where the
 * generation is gone.
 */
const GET = `
  local document = redis.call('HGET', KEYS[2], ARGV[1])
  if document then return document end
  return redis.call('EXISTS', KEYS[1]) == 1 and ''
`;

/**
 * KEYS: checkpoint, documents, order. ARGV: from which key, to which, at most how many. Answers key, document, key,
 * document …, and nothing where the generation is gone.
 */
const LIST = `
  local keys = redis.call('ZRANGEBYLEX', KEYS[3], ARGV[1], ARGV[2], 'LIMIT', 0, ARGV[3])
  if #keys == 0 and redis.call('EXISTS', KEYS[1]) == 0 then return false end
  local found = {}
  for first = 1, #keys, ${AT_ONCE} do
    local upTo = math.min(first + ${AT_ONCE - 1}, #keys)
    for at, document in ipairs(redis.call('HMGET', KEYS[2], unpack(keys, first, upTo))) do
      found[#found + 1] = keys[first + at - 1]
      found[#found + 1] = document
    end
  end
  return found
`;

/** KEYS: anything. ARGV: what it must hold, empty where it must not be there; what it gets. Answers 0 where it holds another. */
const REPLACE = `
  if (redis.call('GET', KEYS[1]) or '') ~= ARGV[1] then return 0 end
  redis.call('SET', KEYS[1], ARGV[2])
  return 1
`;

/** KEYS: anything. ARGV: what it must hold; for how many milliseconds from now it is kept, 0 to remove it. */
const RENEW = `
  if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
  if ARGV[2] == '0' then return redis.call('DEL', KEYS[1]) end
  return redis.call('PEXPIRE', KEYS[1], ARGV[2])
`;

export interface Scripts {
  portalAdvance(checkpoint: string, documents: string, order: string, lastEvent: string, given: readonly (string | number)[]): Promise<number>;
  portalGet(checkpoint: string, documents: string, key: string): Promise<string | null>;
  portalList(checkpoint: string, documents: string, order: string, from: string, to: string, most: number): Promise<string[] | null>;
  portalReplace(key: string, before: string, after: string): Promise<number>;
  portalRenew(key: string, holder: string, ms: number): Promise<number>;
}

export type ScriptedRedis = Redis & Scripts;

export function withScripts(redis: Redis): ScriptedRedis {
  redis.defineCommand('portalAdvance', { numberOfKeys: 4, lua: ADVANCE });
  redis.defineCommand('portalGet', { numberOfKeys: 2, lua: GET, readOnly: true });
  redis.defineCommand('portalList', { numberOfKeys: 3, lua: LIST, readOnly: true });
  redis.defineCommand('portalReplace', { numberOfKeys: 1, lua: REPLACE });
  redis.defineCommand('portalRenew', { numberOfKeys: 1, lua: RENEW });
  return redis as ScriptedRedis;
}

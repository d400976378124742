import type { ZodType } from 'zod';
import { ProblemError } from './problem-error.js';

/** The body as its schema says, or a problem that names the field. */
export function validated<Value>(schema: ZodType<Value>, given: unknown): Value {
  const parsed = schema.safeParse(given);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const unknown = issue?.code === 'unrecognized_keys' ? issue.keys : [];
  const field = [...(issue?.path ?? []), ...unknown].join('.') || 'body';
  throw new ProblemError('malformed-request', `${field}: ${issue?.message ?? 'not well formed'}`, { field });
}

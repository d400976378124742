import { hash } from 'node:crypto';
import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { CommandContext } from '@portal/event-store';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { ProblemError } from './problem-error.js';

/** Who asks, as the guard found out. */
export interface Caller {
  readonly account: string;
  readonly session: string;
  readonly authMethod: string;
  /** When the access token ends, in seconds since 1970. */
  readonly expiresAt: number;
  /** When they proved last who they are, in seconds since 1970; undefined where nobody says. */
  readonly provenAt: number | undefined;
  readonly roles: readonly string[];
}

declare module 'fastify' {
  interface FastifyRequest {
    caller?: Caller;
  }
}

export const CallerOf = createParamDecorator((_: unknown, context: ExecutionContext): Caller =>
  callerOf(context.switchToHttp().getRequest<FastifyRequest>()),
);

export function callerOf(request: FastifyRequest): Caller {
  if (request.caller === undefined) throw new ProblemError('not-signed-in', 'sign in first');
  return request.caller;
}

export interface AskedFor {
  /** The `Idempotency-Key`, or that of a row. */
  readonly commandId?: string;
  /** What is the same whenever it is repeated: the body, or what is left of it without times. */
  readonly asked?: unknown;
  /** The one address of what has several: asked for at another it is the same. */
  readonly at?: string;
}

export function commandContext(
  request: FastifyRequest,
  capacity: string,
  { commandId = idempotencyKey(request), asked = request.body, at = request.url }: AskedFor = {},
): CommandContext {
  const { account, session, authMethod } = callerOf(request);
  const client = header(request, 'portal-client');
  return {
    commandId,
    actor: account,
    capacity,
    session,
    authMethod,
    correlationId: request.id,
    request: requestHash(account, `${request.method} ${at.split('?', 1)[0] ?? ''}`, asked),
    ...(client !== undefined && CLIENT.test(client) && { client }),
  };
}

function requestHash(account: string, wanted: string, asked: unknown): string {
  return hash('sha256', `${account} ${wanted}\n${JSON.stringify(asked ?? null)}`, 'hex').slice(0, 32);
}

export function idempotencyKey(request: FastifyRequest): string {
  const key = header(request, 'idempotency-key');
  if (key === undefined) throw new ProblemError('malformed-request', 'Idempotency-Key is missing', { field: 'Idempotency-Key' });
  const id = key.replace(/^"(.*)"$/, '$1').toLowerCase();
  if (!UUID.test(id)) throw new ProblemError('malformed-request', 'Idempotency-Key must be a UUID', { field: 'Idempotency-Key' });
  return id;
}

/** The revision in `If-Match`; undefined where it is absent. */
export function ifMatch(request: FastifyRequest): number | undefined {
  const text = header(request, 'if-match');
  if (text === undefined) return undefined;
  const digits = /^"(\d{1,15})"$/.exec(text)?.[1];
  if (digits === undefined) throw new ProblemError('malformed-request', 'If-Match must be a revision in quotes', { field: 'If-Match' });
  return Number(digits);
}

export function header(request: FastifyRequest, name: string): string | undefined {
  const value = request.headers[name];
  return Array.isArray(value) ? value[0] : value;
}

const UUID = z.regexes.uuid();
const CLIENT = /^[\w./ -]{1,60}$/;

import { Catch, HttpException, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { Problem, ProblemType } from '@portal/contract';
import { StoreUnavailableError } from '@portal/event-store';
import { TOKEN_SCHEMES } from '@portal/identity';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { FilesUnavailableError } from '../files/file-store.js';
import { log } from '../logging.js';
import { ProblemError } from './problem-error.js';
import { problem } from './problems.js';
import { methodsAt } from './routes.js';

/** Every error leaves as a problem; what nobody expected is logged, and says nothing of itself outside. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    sendError(error, http.getRequest<FastifyRequest>(), http.getResponse<FastifyReply>());
  }
}

export function sendError(error: unknown, request: FastifyRequest, reply: FastifyReply): void {
  const found = problemOf(error, request.routeOptions.bodyLimit);
  const allowed = found.type === 'not-found' && request.is404 ? methodsAt(request.url.split('?', 1)[0] as string) : [];
  if (allowed.length > 0) return void sendNotAllowed(reply, request.method, allowed);
  if (found.type === 'internal') log.error({ request: request.id, error: (error as Error)?.stack ?? String(error) }, 'unexpected');
  if (error instanceof FilesUnavailableError) log.warn({ request: request.id, error: error.message }, 'the file store is away');
  if (reply.sent || reply.raw.headersSent) return;
  sendProblem(reply, found);
}

export function sendProblem(reply: FastifyReply, found: Problem): FastifyReply {
  if (found.status === 401) void reply.header('www-authenticate', TOKEN_SCHEMES);
  if (found.status === 503 || found.status === 429) void reply.header('retry-after', '1');
  return reply.status(found.status).type('application/problem+json').send(found);
}

function sendNotAllowed(reply: FastifyReply, method: string, allowed: readonly string[]): void {
  void reply.header('allow', allowed.join(', '));
  sendProblem(reply, problem('method-not-allowed', `${method} is not among ${allowed.join(', ')}`));
}

function problemOf(error: unknown, mostBytes: number | undefined): Problem {
  if (error instanceof ProblemError) return problem(error.type, error.message, error.more);
  if (error instanceof StoreUnavailableError) return problem('unavailable', 'the log cannot be read at the moment');
  if (error instanceof FilesUnavailableError) return problem('unavailable', 'documents cannot be read or kept at the moment');
  const status = error instanceof HttpException ? error.getStatus() : (error as { statusCode?: unknown })?.statusCode;
  const type = typeof status === 'number' ? BY_STATUS[status] : undefined;
  if (type === 'too-large' && mostBytes !== undefined) return problem(type, `a body has at most ${mostBytes} bytes here`, { mostBytes });
  if (type !== undefined) return problem(type, detailOf(error));
  return typeof status === 'number' && status < 500 ? problem('malformed-request', detailOf(error)) : problem('internal', 'the error was logged');
}

const BY_STATUS: Readonly<Record<number, ProblemType>> = {
  404: 'not-found',
  405: 'method-not-allowed',
  413: 'too-large',
  415: 'unsupported-media-type',
};

/** What a library says of a request, never of more than one line. */
const detailOf = (error: unknown): string => (error instanceof Error ? error.message : String(error)).split('\n', 1)[0]?.slice(0, 200) ?? '';

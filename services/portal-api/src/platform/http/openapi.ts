import { Problem } from '@portal/contract';
import { z, type ZodType } from 'zod';
import { ROUTES, type Route } from './routes.js';

/** The OpenAPI 3.1 document, made from the one table of routes. */
export function openApi(): object {
  const paths: Record<string, Record<string, object>> = {};
  for (const [name, route] of Object.entries(ROUTES)) {
    const [method, path] = name.split(' ') as [string, string];
    const template = path.replace(/:(\w+)/g, '{$1}');
    (paths[template] ??= {})[method.toLowerCase()] = operation(path, method, route);
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Appointee Portal', version: '1' },
    paths,
    components: { securitySchemes: { bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' } } },
  };
}

function operation(path: string, method: string, { who, summary, body, answer }: Route): object {
  const names = [...path.matchAll(/:(\w+)/g)].map(([, name]) => name as string);
  const writes = method !== 'GET';
  return {
    summary,
    'x-permitted': who,
    ...(who !== 'anyone' && { security: [{ bearer: [] }] }),
    parameters: [
      ...names.map((name) => ({ name, in: 'path', required: true, schema: { type: 'string' } })),
      ...(writes ? [{ name: 'Idempotency-Key', in: 'header', schema: { type: 'string', format: 'uuid' } }] : []),
      ...(writes ? [] : [{ name: 'atLeast', in: 'query', schema: { type: 'string' } }]),
    ],
    ...(body !== undefined && { requestBody: { required: true, content: { 'application/json': { schema: schemaOf(body, 'input') } } } }),
    responses: {
      200: { description: 'Done', ...(answer !== undefined && { content: { 'application/json': { schema: schemaOf(answer, 'output') } } }) },
      default: { description: 'Refused', content: { 'application/problem+json': { schema: schemaOf(Problem, 'output') } } },
    },
  };
}

function schemaOf(schema: ZodType, io: 'input' | 'output'): object {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: 'any' });
  return rest;
}

import { CAPACITY_HEADER, Problem } from '@portal/contract';
import { z, type ZodType } from 'zod';
import { ROUTES, type Route } from './routes.js';

/** The OpenAPI 3.1 document, made from the one table of routes. */
export function openApi(): object {
  const schemas = new Schemas();
  const paths: Record<string, Record<string, object>> = {};
  for (const [name, route] of Object.entries(ROUTES)) {
    const [method, path] = name.split(' ') as [string, string];
    const template = path.replace(/:(\w+)/g, '{$1}');
    (paths[template] ??= {})[method.toLowerCase()] = operation({ path, method, route, schemas });
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Appointee Portal', version: '1' },
    paths,
    components: { schemas: schemas.shared, securitySchemes: { bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' } } },
  };
}

interface Described {
  readonly path: string;
  readonly method: string;
  readonly route: Route;
  readonly schemas: Schemas;
}

function operation({ path, method, route, schemas }: Described): object {
  const { who, summary, body, answer, takes, gives } = route;
  const operationId = idOf(method, path);
  const json = (schema: ZodType, io: 'input' | 'output') => ({ 'application/json': { schema: schemas.of(schema, io, operationId) } });
  const problem = { 'application/problem+json': { schema: schemas.of(Problem, 'output', 'Problem') } };
  return {
    operationId,
    summary,
    'x-permitted': who,
    ...(who !== 'anyone' && { security: [{ bearer: [] }] }),
    parameters: parameters({ path, method, route, schemas }),
    ...(body !== undefined && { requestBody: { required: true, content: json(body, 'input') } }),
    ...(takes !== undefined && { requestBody: { required: true, content: { [takes]: {} } } }),
    responses: {
      200: { description: 'Done', ...(answer !== undefined && { content: json(answer, 'output') }), ...(gives !== undefined && { content: { [gives]: {} } }) },
      default: { description: 'Refused', content: problem },
    },
  };
}

function parameters({ path, method, route }: Described): readonly object[] {
  const inPath = [...path.matchAll(/:(\w+)/g)].map(([, name]) => ({ name, in: 'path', required: true, schema: { type: 'string' } }));
  if (route.who === 'anyone') return inPath;
  const capacity = { name: CAPACITY_HEADER, in: 'header', schema: { type: 'string' } };
  if (method === 'GET' || method === 'HEAD') return [...inPath, capacity, { name: 'atLeast', in: 'query', schema: { type: 'string' } }];
  return [...inPath, capacity, { name: 'Idempotency-Key', in: 'header', schema: { type: 'string', format: 'uuid' } }];
}

/** Where a path of the same words without its last parameter has another name. */
const ONE = ['/:centre', '/:candidate', '/:change', '/:id', 'iamis/:component'];

/** `putEmiSheetsCandidatesMark`. */
function idOf(method: string, path: string): string {
  const words = path.split('/').filter((word) => word !== '' && !word.startsWith(':'));
  const of = ONE.some((end) => path.endsWith(end)) ? ['one'] : [];
  return method.toLowerCase() + [...words, ...of].map((word) => word.charAt(0).toUpperCase() + word.slice(1).replace(/\W/g, '')).join('');
}

/** What a schema refers to inside itself would be looked for in the whole document: it is moved to where that is. */
class Schemas {
  readonly shared: Record<string, object> = {};

  of(schema: ZodType, io: 'input' | 'output', operationId: string): object {
    const { $schema: _, $defs = {}, ...whole } = moved(schema, io, operationId);
    for (const [name, definition] of Object.entries($defs)) this.shared[operationId + name] = definition as object;
    return whole;
  }
}

type JsonSchema = Record<string, unknown> & { readonly $defs?: object };

function moved(schema: ZodType, io: 'input' | 'output', operationId: string): JsonSchema {
  const made = z.toJSONSchema(schema, {
    io,
    unrepresentable: 'any',
    // Fields may be added to an answer; nobody shall be sure that there are no others.
    override: ({ jsonSchema }) => void (io === 'output' && delete jsonSchema.additionalProperties),
  });
  return JSON.parse(JSON.stringify(made).replaceAll('"#/$defs/', `"#/components/schemas/${operationId}`)) as JsonSchema;
}

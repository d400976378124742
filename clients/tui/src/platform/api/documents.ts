import type * as Wire from '@portal/contract';
import { createEventReader } from '../doorbell/event-stream.js';
import type { Command, Read } from './api.js';
import type { ApiResult } from './result.js';
import type { reader, writer } from './routes.js';
import type { Send } from './transport.js';

/** Documents as typed calls: asked for, watched, and their bytes. */
export interface DocumentsApi {
  readonly request: (body: Wire.RequestDocument, command: Command) => Promise<ApiResult<Wire.Document>>;
  /** One's own, newest first. */
  readonly list: (read?: Read) => Promise<ApiResult<readonly Wire.Document[]>>;
  /** What one may ask for. */
  readonly offers: (read?: Read) => Promise<ApiResult<readonly Wire.DocumentOffer[]>>;
  readonly show: (document: string, read?: Read) => Promise<ApiResult<Wire.Document>>;
  readonly retry: (document: string, command: Command) => Promise<ApiResult<Wire.Document>>;
  /** Told each time that it has moved, until nothing more comes; the last one told is the answer. */
  readonly watch: (document: string, moved: (now: Wire.Document) => void) => Promise<ApiResult<Wire.Document | undefined>>;
  /** `take` reads the bytes. Where it throws, the connection is said to be broken: what is wrong here it has to answer. */
  readonly content: <T>(document: string, take: (response: Response) => Promise<T>) => Promise<ApiResult<T>>;
  readonly agenda: (component: string, read?: Read) => Promise<ApiResult<Wire.Document>>;
  readonly uploadAgenda: (component: string, pdf: Uint8Array<ArrayBuffer>, command: Command) => Promise<ApiResult<Wire.Document>>;
}

const DOWNLOAD_MS = 120_000;

export function documentsApi(send: Send, read: ReturnType<typeof reader>, write: ReturnType<typeof writer>): DocumentsApi {
  const at = (document: string, what = ''): string => `/documents/${encodeURIComponent(document)}${what}`;
  const agenda = (component: string): string => `/agendas/${encodeURIComponent(component)}`;
  return {
    request: (body, command) => write({ method: 'POST', path: '/documents', body }, command),
    list: (options) => read('/documents', options),
    offers: (options) => read('/document-offers', options),
    show: (document, options) => read(at(document), options),
    retry: (document, command) => write({ method: 'POST', path: at(document, '/retry'), body: {} }, command),
    watch: (document, moved) =>
      send({ method: 'GET', path: at(document, '/progress'), take: (response) => watched(response, moved), timeoutMs: DOWNLOAD_MS }),
    content: (document, take) => send({ method: 'GET', path: at(document, '/content'), take, timeoutMs: DOWNLOAD_MS }),
    agenda: (component, options) => read(agenda(component), options),
    uploadAgenda: (component, bytes, command) =>
      write({ method: 'PUT', path: agenda(component), file: { type: 'application/pdf', bytes }, timeoutMs: DOWNLOAD_MS }, command),
  };
}

async function watched(response: Response, moved: (now: Wire.Document) => void): Promise<Wire.Document | undefined> {
  let last: Wire.Document | undefined;
  const chunk = createEventReader(({ name, data }) => {
    if (name === 'progress') moved((last = JSON.parse(data) as Wire.Document));
  });
  for await (const bytes of response.body ?? []) chunk(bytes);
  return last;
}

import { fstatSync, readFileSync, statSync } from 'node:fs';
import type { AGENDA_BYTES, Document } from '@portal/contract';
import { notWrittenWords } from '../../platform/documents/not-written.js';
import { inTheWay, MANIFEST, readDocument, saveDocument, type NotSaved } from '../../platform/documents/save-document.js';
import { resolveFile } from '../context.js';
import { EXIT, failed, notDone, outcomeOf, refused, sentence, usage, type Failed, type Outcome } from '../outcome.js';
import type { Served } from '../program.js';
import { repeatWhileUnknown } from '../repeat.js';

/** To a new file, or to standard output, where then nothing else stands. */
export async function saveAs(at: Served<object>, document: Document, file: string): Promise<Outcome> {
  if (document.reason === 'file-lost') return refused('document-lost', undefined, sentence('problem.document-lost'));
  if (document.state !== 'ready') return refused('document-not-ready', undefined, sentence('problem.document-not-ready'));
  if (file === '-') return written(at, document);
  const saved = await saveDocument(at.api, document, resolveFile(at.context, file));
  if (saved.kind !== 'ok') return notDone(saved, at);
  if (saved.value.kind !== 'saved') return notSaved(saved.value, file);
  const { path, manifestPath } = saved.value;
  const files = { file: path, ...(manifestPath !== undefined && { manifestFile: manifestPath }) };
  return { kind: 'done', document: { ...document, ...files }, text: (say) => say('cli.document.saved', { path }) };
}

/** Why a file cannot be kept there, or what would stand beside it. */
export async function notSavable({ context }: Served<object>, format: string | undefined, file: string): Promise<Outcome | undefined> {
  if (file === '-') return undefined;
  const no = await inTheWay(resolveFile(context, file), format === 'csv');
  return no && notSaved(no, file);
}

async function written(at: Served<object>, document: Document): Promise<Outcome> {
  const read = await readDocument(at.api, document);
  if (read.kind !== 'ok') return notDone(read, at);
  if (read.value.kind === 'damaged') return notSaved(read.value, '-');
  return { kind: 'done', document, text: () => '', bytes: read.value.bytes };
}

function notSaved(no: NotSaved, typed: string): Outcome {
  const file = 'isManifest' in no ? `${typed}${MANIFEST}` : typed;
  if (no.kind === 'exists') return refused('file-exists', 'file', sentence('cli.document.file-exists', { file }));
  if (no.kind === 'damaged') return refused('document-damaged', undefined, sentence('cli.document.damaged'));
  const { cause } = no;
  return failed(EXIT.refused, { type: 'file-not-written', field: 'file', cause }, sentence(notWrittenWords(cause), { path: file, cause }));
}

export async function uploadAgenda(at: Served<object>): Promise<Outcome> {
  const [component = '', file = ''] = at.words;
  const { api, commandId, context } = at;
  const read = bytesOf(file === '-' ? context.surroundings.stdin.fd : resolveFile(context, file), file);
  if ('kind' in read) return read;
  const uploaded = await repeatWhileUnknown(() => api.documents.uploadAgenda(component, read.bytes, { commandId }));
  return outcomeOf(uploaded, at, (document) => ({ kind: 'done', document, text: (say) => say('cli.document.uploaded', { component: document.component }) }));
}

function bytesOf(path: string | number, file: string): { readonly bytes: Uint8Array<ArrayBuffer> } | Failed {
  try {
    const { size } = typeof path === 'number' ? fstatSync(path) : statSync(path);
    if (size > MOST_BYTES) return tooLarge(file);
    const bytes = new Uint8Array(readFileSync(path));
    // What a pipe holds is known only now.
    return bytes.length > MOST_BYTES ? tooLarge(file) : { bytes };
  } catch (error) {
    const { code: cause } = error as NodeJS.ErrnoException;
    if (cause === undefined) throw error;
    return cause === 'ENOENT' ? usage('file', 'cli.file-missing', { file }) : usage('file', 'cli.file-unreadable', { file, cause });
  }
}

const MEBIBYTE = 1024 * 1024;
/** Of an agenda; more is refused here, before any of it is sent. */
export const MOST_BYTES: typeof AGENDA_BYTES = 10 * MEBIBYTE;

function tooLarge(file: string): Failed {
  const { error, ...no } = refused('too-large', 'file', sentence('cli.document.too-large', { file, mebibytes: MOST_BYTES / MEBIBYTE, bytes: MOST_BYTES }));
  return { ...no, error: { ...error, mostBytes: MOST_BYTES } };
}

import type { Command } from 'commander';
import type { Document, RequestDocument } from '@portal/contract';
import type { ApiResult } from '../../platform/api/result.js';
import { inCapacity, type Placed } from '../capacity.js';
import { outcomeOf, usage, type Done, type Failed, type Outcome } from '../outcome.js';
import type { Alone, Served, Workshop } from '../program.js';
import { repeatWhileUnknown } from '../repeat.js';
import { documentsText } from './document-list.js';
import { untilReady, whyParked } from './document-waiting.js';
import { notSavable, saveAs, uploadAgenda } from './document-files.js';

interface Options {
  readonly component?: string;
  readonly centre?: string;
  readonly candidate?: string;
  readonly receipt?: string;
  readonly format?: string;
  readonly wait?: true;
}

/** What each kind needs besides its component, and what it may have. */
export const KINDS: Readonly<Record<RequestDocument['kind'], { readonly needs?: Narrowing; readonly mayHave?: readonly Narrowing[] }>> = {
  formula: { mayHave: ['centre'] },
  summary: { mayHave: ['centre'] },
  'mark-sheet': { needs: 'centre' },
  receipt: { mayHave: ['receipt'] },
  'centre-report': { needs: 'centre' },
  'audit-report': { needs: 'centre', mayHave: ['candidate'] },
  export: { needs: 'format', mayHave: ['centre'] },
};
const NARROWINGS = ['centre', 'candidate', 'receipt', 'format'] as const;
type Narrowing = (typeof NARROWINGS)[number];
const FORMATS: readonly string[] = ['csv', 'xlsx', 'json'] satisfies NonNullable<RequestDocument['format']>[];

/** Documents and exports: asked for, listed, saved; agendas uploaded. */
export function addDocuments(program: Command, workshop: Workshop): void {
  const { add, served, withCommandId, say } = workshop;
  const document = add(program, 'document', 'cli.command.document');
  const request = add(document, 'request <kind>', 'cli.command.document.request')
    .requiredOption('--component <component>', say('cli.option.document.component'))
    .option('--centre <number>', say('cli.option.document.centre'))
    .option('--candidate <number>', say('cli.option.document.candidate'))
    .option('--receipt <number>', say('cli.option.document.receipt'))
    .option('--format <format>', say('cli.option.document.format'))
    .option('--wait', say('cli.option.document.wait'));
  served<Options>(withCommandId(request), inCapacity(requestDocument, (at) => at.options.component ?? ''), misusedRequest);
  served(add(document, 'list', 'cli.command.document.list'), async (at) =>
    outcomeOf(await at.read(() => at.api.documents.list()), at, (documents) => ({ kind: 'done', document: documents, text: (words) => documentsText(words, documents, at.context.language) })));
  served(add(document, 'save <id> <file>', 'cli.command.document.save'), async (at) => {
    const [id = '', file = ''] = at.words;
    return outcomeAfter(await at.read(() => at.api.documents.show(id)), at, (found) => saveAs(at, found, file));
  });
  const retry = add(document, 'retry <id>', 'cli.command.document.retry').option('--wait', say('cli.option.document.wait'));
  served<Pick<Options, 'wait'>>(withCommandId(retry), async (at) => {
    const { api, commandId, words: [id = ''] } = at;
    return askedFor(at, await repeatWhileUnknown(() => api.documents.retry(id, { commandId })));
  });
  served(withCommandId(add(document, 'upload <component> <file>', 'cli.command.document.upload')), uploadAgenda);
  const exporting = add(program, 'export <component> <file>', 'cli.command.export').requiredOption('--format <format>', say('cli.option.document.format'));
  served<Options>(withCommandId(exporting), inCapacity(exportMarks), ({ options }) => misusedFormat(options));
}

function misusedRequest({ words: [kind = ''], options }: Alone<Options>): Failed | undefined {
  const wants = Object.hasOwn(KINDS, kind) ? KINDS[kind as keyof typeof KINDS] : undefined;
  if (wants === undefined) return usage('kind', 'cli.document.kind', { kinds: Object.keys(KINDS).join(', ') });
  const { needs, mayHave = [] } = wants;
  const wrong = needs === 'format' ? misusedFormat(options) : undefined;
  if (wrong !== undefined) return wrong;
  if (needs !== undefined && options[needs] === undefined) return usage(needs, 'cli.document.option-needed', { kind, option: needs });
  const other = NARROWINGS.find((one) => options[one] !== undefined && one !== needs && !mayHave.includes(one));
  return other && usage(other, 'cli.document.option-elsewhere', { kind, option: other });
}

const misusedFormat = ({ format = '' }: Options): Failed | undefined => (FORMATS.includes(format) ? undefined : usage('format', 'cli.document.format'));

async function requestDocument(at: Placed<Options>): Promise<Outcome> {
  const [kind = ''] = at.words;
  const { component = '', centre, candidate, receipt, format } = at.options;
  const { language } = at.context;
  const wanted = { kind, component, centre, candidate, receipt, format, ...(kind !== 'export' && { language }) };
  return askedFor(at, await ask(at, wanted as RequestDocument));
}

function askedFor(at: Served<Pick<Options, 'wait'>>, asked: ApiResult<Document>): Promise<Outcome> {
  return outcomeAfter(asked, at, async (made) => (at.options.wait ? untilReady(at, made, done) : done(made)));
}

async function exportMarks(at: Placed<Options>): Promise<Outcome> {
  const [component = '', file = ''] = at.words;
  const { format = '' } = at.options;
  // What is made is recorded, as an export of everybody's marks: not for nothing.
  const no = await notSavable(at, format, file);
  if (no !== undefined) return no;
  const asked = await ask(at, { kind: 'export', component, format } as RequestDocument);
  return outcomeAfter(asked, at, (made) => untilReady(at, made, (ready) => saveAs(at, ready, file)));
}

function ask({ api, commandId, capacity }: Placed<Options>, wanted: RequestDocument) {
  return repeatWhileUnknown(() => api.documents.request(wanted, { commandId, capacity }));
}

/** As `outcomeOf`, where what follows takes time. */
async function outcomeAfter<T>(result: Parameters<typeof outcomeOf<T>>[0], at: Parameters<typeof outcomeOf<T>>[1], then: (value: T) => Promise<Outcome>): Promise<Outcome> {
  return result.kind === 'ok' ? then(result.value) : outcomeOf(result, at, () => ({ kind: 'done', document: null, text: () => '' }));
}

const done = async (document: Document): Promise<Done> => ({
  kind: 'done',
  document,
  text: (say) => say(document.state === 'ready' ? 'cli.document.ready' : 'cli.document.asked', { document: document.document, file: document.fileName }),
  ...(document.state === 'parked' && { notices: [whyParked(document.reason ?? '')] }),
});

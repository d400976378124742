import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import type { Document, RequestDocument } from '@portal/contract';
import { DocumentsWatch } from './app.documents-watch.js';
import { saveFolder } from './app.save-folder.js';
import type { World } from './app.world.js';
import type { NotDone } from './platform/api/result.js';
import { hasDesktop, printBytes } from './platform/documents/desktop.js';
import { notWrittenWords } from './platform/documents/not-written.js';
import { isStillThere, keepIn, MANIFEST, readDocument, saveDocument, saveInFolder, type Saved } from './platform/documents/save-document.js';
import { sentenceOf } from './platform/i18n/not-done.js';
import type { Interpreter, Interpreters } from './platform/program.js';
import type { AskDocument, CommonEffect, Sentence } from './platform/screen.js';
import { sanitise } from './platform/text/sanitise.js';
import { isOnItsWay, type DocumentsEffect, type DocumentsMessage } from './screens/documents/documents.state.js';

/** What the page Documents asks for, and the buttons elsewhere that ask for a document. */

type Of<T extends DocumentsEffect['type']> = Extract<DocumentsEffect, { type: T }>;
type Answer = (message: DocumentsMessage) => void;
/** How something about a document came out. */
type Outcome = { readonly kind: 'done'; readonly sentence: Sentence; readonly path?: string } | { readonly kind: 'not-done'; readonly sentence: Sentence };

export function documentsInterpreters(world: World): Interpreters {
  const at = new DocumentsHere(world);
  const handlers: { readonly [T in DocumentsEffect['type']]: (effect: Of<T>, answer: Answer) => void | Promise<void> } = {
    'documents/load': (_, answer) => at.load(answer),
    'documents/offers': (_, answer) => at.offers(answer),
    'documents/request': (effect, answer) => at.request(effect, answer),
    'documents/save': ({ document, path }, answer) => at.settle(document, () => at.saveAs(document, path), answer),
    'documents/open': ({ document }, answer) => at.settle(document, () => at.open(document), answer),
    'documents/print': ({ document }, answer) => at.settle(document, () => at.print(document), answer),
    'documents/retry': ({ document, commandId }, answer) => at.settle(document, () => at.retry(document, commandId), answer),
  };
  return {
    ...(handlers as unknown as Readonly<Record<string, Interpreter>>),
    'documents/ask': ((effect: AskDocument) => at.ask(effect)) as Interpreter,
    'documents/agenda': (({ components }: Extract<CommonEffect, { type: 'documents/agenda' }>) => at.agenda(components)) as Interpreter,
  };
}

type Asked = ({ readonly kind: 'done'; readonly document: Document; readonly sentence: Sentence } | Extract<Outcome, { kind: 'not-done' }>) & { readonly isHeard: boolean };

class DocumentsHere {
  /** Where each was saved since the client was started. */
  readonly #saved = new Map<string, string>();
  /** What was asked for and is not there yet, by what it is: a button pressed twice asks once. */
  readonly #asked = new Map<string, string>();
  /** Ids of what may have been recorded, for whoever asks once more. */
  readonly #lost = new Map<string, string>();
  readonly #watch: DocumentsWatch;
  /** As it was read last, for a page that is opened while it cannot be. */
  #before: { readonly account: string | undefined; readonly documents: readonly Document[] } | undefined;

  constructor(private readonly world: World) {
    this.#watch = new DocumentsWatch(world);
  }

  load(answer: Answer): Promise<void> {
    this.#watch.onMoved((document) => answer({ type: 'moved', document }));
    const account = this.world.client.account();
    return this.world.client.call(this.#api.list(), {
      ok: (documents) => {
        this.#before = { account, documents };
        for (const one of documents.filter(isOnItsWay)) this.#watch.follow(one);
        return { type: 'loaded', documents, saved: Object.fromEntries(this.#saved), folder: this.#folder };
      },
      refused: (sentence) => ({ type: 'refused', sentence, ...(account !== undefined && this.#before?.account === account && { before: this.#before.documents }) }),
      answer: answer as never,
    });
  }

  offers(answer: Answer): Promise<void> {
    return this.world.client.call(this.#api.offers(), {
      ok: (offers) => ({ type: 'offers', offers }),
      refused: (sentence) => ({ type: 'offers-refused', sentence }),
      answer: answer as never,
    });
  }

  /** By the form: it says itself what came of it, and keeps what was typed where it was refused. */
  async request({ wanted, capacity, commandId }: Of<'documents/request'>, answer: Answer): Promise<void> {
    const asked = await this.#askFor({ wanted, capacity, commandId, isToPrint: false });
    if (asked.kind === 'done') return answer({ type: 'asked', commandId, document: asked.document, sentence: asked.sentence });
    answer({ type: 'not-asked', commandId, sentence: asked.sentence });
  }

  async settle({ document }: Document, work: () => Promise<Outcome>, answer: Answer): Promise<void> {
    const { kind: type, ...said } = await work();
    answer({ type, document, ...said });
  }

  async saveAs(document: Document, typed: string): Promise<Outcome> {
    const path = this.#resolve(typed);
    const saved = await saveDocument(this.world.client.api, document, path);
    return saved.kind === 'ok' ? this.#kept(document, saved.value, path, 'documents.saved') : this.#not(saved);
  }

  async open(document: Document): Promise<Outcome> {
    const path = this.#saved.get(document.document);
    const isKept = path !== undefined && (await isStillThere(path));
    const saved = isKept ? ({ kind: 'ok', value: { kind: 'saved', path } } as const) : await saveInFolder(this.world.client.api, document, this.#folder);
    if (saved.kind !== 'ok') return this.#not(saved);
    const { env } = this.world;
    const { openBrowser } = await import('./platform/session/open-browser.js');
    const isOpen = saved.value.kind === 'saved' && hasDesktop(env) && (await openBrowser(saved.value.path, env));
    return this.#kept(document, saved.value, document.fileName, isOpen ? 'documents.opened' : 'documents.no-desktop');
  }

  /** Where no printer takes it, it is saved. */
  async print(document: Document): Promise<Outcome> {
    const read = await readDocument(this.world.client.api, document);
    if (read.kind !== 'ok') return this.#not(read);
    if (read.value.kind === 'damaged') return { kind: 'not-done', sentence: { id: 'documents.damaged' } };
    const { bytes } = read.value;
    const printed = await printBytes(bytes, document.fileName, this.world.env);
    if (printed === 'printed') return { kind: 'done', sentence: { id: 'documents.printed', values: { file: sanitise(document.fileName) } } };
    const id = printed === 'no-printer' ? 'documents.no-printer' : 'documents.printer-refused';
    return this.#kept(document, await keepIn(bytes, document.fileName, this.#folder), document.fileName, id);
  }

  async retry(document: Document, commandId: string): Promise<Outcome> {
    const again = await this.#api.retry(document.document, { commandId });
    if (again.kind !== 'ok') return this.#not(again);
    this.#watch.follow(again.value, (last) => last && this.#tell(last));
    return { kind: 'done', sentence: { id: 'documents.retried' } };
  }

  async ask(effect: AskDocument): Promise<void> {
    const { kind, sentence, isHeard } = await this.#askFor(effect);
    this.#say(sentence, kind === 'done' ? 'ok' : isHeard ? 'warning' : 'plain', isHeard);
  }

  async #askFor({ wanted, capacity, commandId, isToPrint }: Omit<AskDocument, 'type'>): Promise<Asked> {
    const body = wanted.kind === 'export' ? wanted : { ...wanted, language: wanted.language ?? this.world.language() };
    const what = keyOf(body, capacity);
    if (this.#asked.has(what)) return { kind: 'not-done', sentence: { id: 'documents.asked-already' }, isHeard: false };
    this.#asked.set(what, commandId);
    const command = { commandId: this.#lost.get(what) ?? commandId, capacity };
    const asked = await this.#request(body, command);
    this.#lost.delete(what);
    if (asked.kind === 'unknown') this.#lost.set(what, command.commandId);
    if (asked.kind !== 'ok') {
      this.#asked.delete(what);
      return { ...this.#not(asked), isHeard: true };
    }
    this.#watch.follow(asked.value, (last) => {
      this.#asked.delete(what);
      if (last !== undefined) void this.#arrived(last, isToPrint);
    });
    return { kind: 'done', document: asked.value, sentence: { id: 'documents.asked', values: { file: sanitise(asked.value.fileName) } }, isHeard: false };
  }

  /** Usually there is one; each that is there is opened. */
  async agenda(components: readonly string[]): Promise<void> {
    const { agenda } = this.#api;
    let found = 0;
    for (const component of components) {
      const there = await agenda(component);
      if (there.kind === 'problem' && there.problem.type === 'document-unknown') continue;
      const { kind, sentence } = there.kind === 'ok' ? await this.open(there.value) : this.#not(there);
      this.#say(sentence, kind === 'done' ? 'ok' : 'warning', kind !== 'done');
      found += 1;
    }
    if (found === 0) this.#say({ id: 'emi.agenda-none' }, 'plain');
  }

  /** An answer that was lost is asked for again under the same id. */
  async #request(body: RequestDocument, command: { readonly commandId: string; readonly capacity: string | undefined }) {
    const first = await this.#api.request(body, command);
    return first.kind === 'unknown' ? this.#api.request(body, command) : first;
  }

  async #arrived(last: Document, isToPrint: boolean): Promise<void> {
    if (last.state !== 'ready' || !isToPrint) return this.#tell(last);
    const { kind, sentence } = await this.print(last);
    this.#say(sentence, kind === 'done' ? 'ok' : 'warning', true);
  }

  #tell({ state, fileName }: Document): void {
    const values = { file: sanitise(fileName) };
    const id = state === 'ready' ? 'documents.is-ready' : 'documents.is-parked';
    const on = { documents: { id: `${id}-here`, values } } as const;
    this.world.dispatch({ type: 'told', sentence: { id, values }, on, as: state === 'ready' ? 'ok' : 'warning', isHeard: true });
  }

  #say(sentence: Sentence, as: 'ok' | 'warning' | 'plain', isHeard = false): void {
    this.world.dispatch({ type: 'told', sentence, as, isHeard });
  }

  #kept({ document }: Document, saved: Saved, asked: string, id: Sentence['id']): Outcome {
    if (saved.kind === 'damaged') return { kind: 'not-done', sentence: { id: 'documents.damaged' } };
    if (saved.kind === 'exists') return { kind: 'not-done', sentence: { id: 'documents.file-exists', values: { path: this.#shown(saved.path) } } };
    if (saved.kind === 'not-written') return { kind: 'not-done', sentence: { id: notWrittenWords(saved.cause), values: { path: this.#shown(saved.isManifest === true ? `${asked}${MANIFEST}` : asked), cause: saved.cause } } };
    this.#saved.set(document, saved.path);
    const said = id === 'documents.saved' && saved.manifestPath !== undefined ? 'documents.saved-both' : id;
    return { kind: 'done', path: saved.path, sentence: { id: said, values: { path: this.#shown(saved.path) } } };
  }

  #not(result: NotDone): Extract<Outcome, { kind: 'not-done' }> {
    if (result.kind === 'signed-out') this.world.client.noteSignedOut();
    return { kind: 'not-done', sentence: sentenceOf(result) };
  }

  /** As a shell would read it: from where the person stands, and `~` is their home. */
  #resolve(typed: string): string {
    const path = typed === '~' || typed.startsWith('~/') ? join(this.#home, typed.slice(1)) : typed;
    return isAbsolute(path) ? path : join(this.#folder, path);
  }

  /** A message line is short. */
  #shown(path: string): string {
    return sanitise(path.startsWith(`${this.#home}/`) ? `~${path.slice(this.#home.length)}` : path);
  }

  get #home(): string {
    return this.world.env['HOME'] ?? homedir();
  }

  get #folder(): string {
    return saveFolder(this.world.env);
  }

  get #api() {
    return this.world.client.api.documents;
  }
}

const keyOf = (wanted: RequestDocument, capacity = ''): string => JSON.stringify([capacity, Object.entries(wanted).toSorted()]);

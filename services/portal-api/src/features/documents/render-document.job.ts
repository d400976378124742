import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { isOutstanding, type DocumentTold } from '@portal/domain';
import { StoreUnavailableError, type EventStore, type Streams } from '@portal/event-store';
import { Cohorts } from '../../platform/cohorts.js';
import { FilesUnavailableError, type FileStore } from '../../platform/files/file-store.js';
import { FreeTexts } from '../../platform/free-texts.js';
import { ProblemError } from '../../platform/http/problem-error.js';
import type { JobOutcome } from '../../platform/jobs/job-queue.js';
import { log } from '../../platform/logging.js';
import { Parts } from '../../platform/parts.js';
import { PersonNames } from '../../platform/person-names.js';
import { placeOf } from '../../platform/place-of.js';
import { RenderError, Renderers, RenderingStopped } from '../../platform/rendering/renderers.js';
import { EVENT_STORE, FILES, STREAMS } from '../../platform/tokens.js';
import { Views } from '../../platform/views.js';
import { recordedManifest } from './manifest.js';
import { recordFound } from './record-found.js';
import { ToldDocuments } from './told-documents.js';
import { gather, NothingToShow, type Sources } from './gather/gather.js';

type Progress = (percent: number) => void;

/**
 * Makes one document that the log says is outstanding: gathers, renders in a process of its own, keeps the bytes under their hash,
 * and records that. Done twice it comes out the same, and is recorded once.
 */
@Injectable()
export class RenderDocumentJob {
  readonly #sources: Sources;

  constructor(
    @Inject(EVENT_STORE) events: EventStore,
    @Inject(STREAMS) private readonly streams: Streams,
    @Inject(FILES) private readonly files: FileStore,
    private readonly renderers: Renderers,
    private readonly told: ToldDocuments,
    private readonly views: Views,
    texts: FreeTexts,
    names: PersonNames,
    cohorts: Cohorts,
    parts: Parts,
  ) {
    this.#sources = { events, views, texts, names, cohorts, parts };
  }

  async run(id: string, progress: Progress): Promise<JobOutcome> {
    const told = await this.told.find(id);
    if (told === undefined || !isOutstanding(told)) return 'done';
    try {
      await this.make(told, progress);
      return 'done';
    } catch (error) {
      if (error instanceof RenderingStopped) throw error;
      if (isAway(error)) return this.later(told, error);
      return this.failed(told, error);
    }
  }

  private async make(told: DocumentTold, progress: Progress): Promise<void> {
    progress(GATHERING);
    const { wanted, account, capacity, position } = told;
    if (wanted === undefined) throw new Error('an agenda is not rendered');
    // Names and counts are read from views: no less than the request is in them.
    await this.views.reach(position, VIEWS_WITHIN_MS);
    const model = await gather({ language: 'en', ...wanted, account, capacity, at: position }, this.#sources);
    progress(RENDERING);
    const { bytes, manifest, ...about } = await this.renderers.render(model);
    progress(KEEPING);
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    await this.files.put(sha256, bytes);
    const receipt = model.kind === 'receipt' ? { receipt: model.receipt } : {};
    const artefact = { sha256, bytes: bytes.length, ...about, ...(manifest && { manifest: recordedManifest(manifest) }), ...receipt };
    await recordFound(this.streams, told, 'rendered', { type: 'RecordRendering', document: told.document, ...artefact });
  }

  /** Log, views or files are away: that says nothing of the document, and is no attempt. */
  private later({ document: id }: DocumentTold, error: Error): JobOutcome {
    log.warn({ document: id, error: error.message }, 'a document has to wait');
    return 'again';
  }

  /** What was not even recorded is tried again by the queue, and counts as no attempt. */
  private async failed(told: DocumentTold, error: unknown): Promise<JobOutcome> {
    const { document: id, attempts } = told;
    const reason = reasonOf(error);
    const isFinal = error instanceof NothingToShow;
    await recordFound(this.streams, told, 'failed', { type: 'RecordFailure', document: id, reason, isFinal });
    const now = await this.told.find(id);
    // That there is nothing to show is an answer, and no trouble of the service.
    log[isFinal ? 'info' : 'warn']({ document: id, attempt: attempts + 1, parked: now?.state === 'parked', reason }, 'a document was not made');
    return now !== undefined && isOutstanding(now) ? 'again' : 'done';
  }
}

const isAway = (error: unknown): error is Error =>
  error instanceof StoreUnavailableError ||
  error instanceof FilesUnavailableError ||
  (error instanceof ProblemError && (error.type === 'unavailable' || error.type === 'view-behind'));

/** A word, and never the error's own words. */
function reasonOf(error: unknown): string {
  if (error instanceof RenderError || error instanceof NothingToShow) return error.reason;
  log.error({ error: placeOf(error) }, 'a document was not gathered or kept');
  return 'not-gathered-or-kept';
}

const GATHERING = 5;
const RENDERING = 40;
const KEEPING = 85;
const VIEWS_WITHIN_MS = 30_000;

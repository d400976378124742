/**
 * What the bridge keeps: each event in an envelope, so that the embedded store's own writer and reader, below the port,
 * can hold what only EventStoreDB allows (names and types of the system, bytes, any JSON).
 */
import { join } from 'node:path';
import { Doorbell } from '../../embedded/doorbell.js';
import { lockWriter, realFile, type WriterLock } from '../../embedded/lock.js';
import { fromPosition, Reader } from '../../embedded/reader.js';
import { NO_STREAM, type WriteOutcome } from '../../embedded/write-batch.js';
import { startWriter, type WriterThread } from '../../embedded/writer-thread.js';
import type { RecordedEvent } from '../../port.js';

export interface Proposed {
  readonly id: string;
  readonly type: string;
  readonly isJson: boolean;
  readonly data: Buffer;
  readonly metadata: Buffer;
}

export interface Recorded extends Proposed {
  readonly stream: string;
  readonly revision: number;
  /** Its row in the log, from 1. */
  readonly row: number;
  readonly createdMs: number;
}

export interface LogPage {
  readonly events: readonly Recorded[];
  readonly last: number;
  readonly atEnd: boolean;
}

export class BridgeLog {
  readonly doorbell: Doorbell;
  readonly #lock: WriterLock;
  readonly #writer: WriterThread;
  readonly #reader: Reader;

  private constructor(lock: WriterLock, writer: WriterThread, reader: Reader, doorbell: Doorbell) {
    this.doorbell = doorbell;
    this.#lock = lock;
    this.#writer = writer;
    this.#reader = reader;
  }

  static async open(folder: string): Promise<BridgeLog> {
    const file = realFile(join(folder, 'bridge.db'));
    const lock = lockWriter(file);
    try {
      const doorbell = new Doorbell();
      const writer = await startWriter(
        { file },
        { onHead: (head) => doorbell.ring(head), onLost: (error) => doorbell.lose(error) },
      );
      return new BridgeLog(lock, writer, new Reader(file), doorbell);
    } catch (error) {
      lock.release();
      throw error;
    }
  }

  /** `expected` is a revision, or −1 for none. */
  append(stream: string, events: readonly Proposed[], expected: number): Promise<WriteOutcome> {
    const createdMs = Date.now();
    const fields = events.flatMap((event) => [event.id, ENVELOPE, seal(event, createdMs), sealMetadata(event)]);
    return this.#writer.append(nameOf(stream), fields, expected < 0 ? NO_STREAM : expected);
  }

  /** From this revision on; none where the stream does not exist. */
  read(stream: string, from: number, limit?: number): readonly Recorded[] {
    const read = this.#reader.stream(nameOf(stream), { after: from - 1, ...(limit !== undefined && { limit }) });
    return read.kind === 'found' ? read.events.map(open) : [];
  }

  last(stream: string): Recorded | undefined {
    const read = this.#reader.stream(nameOf(stream), { backwards: true, limit: 1 });
    return read.kind === 'found' && read.events[0] ? open(read.events[0]) : undefined;
  }

  /** A part of the log after this row. */
  page(after: number): LogPage {
    const page = this.#reader.page(after, Number.MAX_SAFE_INTEGER, undefined);
    return { ...page, events: page.events.map(open) };
  }

  /** The last row; 0 where there is none. */
  end(): number {
    return this.#reader.last();
  }

  async close(): Promise<void> {
    this.doorbell.lose(new Error('the bridge was stopped'));
    await this.#writer.close();
    this.#reader.close();
    this.#lock.release();
  }
}

const ENVELOPE = 'e';
/** In front of every name: those of the system may then be written as well. */
const PREFIX = 's:';
const nameOf = (stream: string): string => PREFIX + stream;

function seal({ type, isJson, data }: Proposed, createdMs: number): string {
  return JSON.stringify({ type, isJson, createdMs, data: data.toString(isJson ? 'utf8' : 'base64') });
}

const sealMetadata = ({ metadata }: Proposed): string => JSON.stringify({ text: metadata.toString('utf8') });

function open({ id, stream, revision, position, data, metadata }: RecordedEvent): Recorded {
  const isJson = data['isJson'] === true;
  return {
    id,
    stream: stream.slice(PREFIX.length),
    revision,
    row: fromPosition(position),
    type: String(data['type']),
    isJson,
    createdMs: Number(data['createdMs']),
    data: Buffer.from(String(data['data']), isJson ? 'utf8' : 'base64'),
    metadata: Buffer.from(String(metadata['text']), 'utf8'),
  };
}

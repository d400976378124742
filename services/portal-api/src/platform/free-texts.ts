import { Inject, Injectable } from '@nestjs/common';
import { freeText, freeTextStream, type TextReference } from '@portal/domain';
import { eventId, sha256, type CommandContext, type Streams } from '@portal/event-store';
import { failed, type Failed } from './answer.js';
import { STREAMS } from './tokens.js';

/** What people write in their own words stands in streams of its own, which can be erased; events refer to it. */
@Injectable()
export class FreeTexts {
  constructor(@Inject(STREAMS) private readonly streams: Streams) {}

  /** The same for every repetition of the command; `name` tells the texts of one command apart. */
  refer(words: string, context: CommandContext, name = 'reason'): TextReference {
    return { text: eventId(context.commandId, `text/${name}`, 0), sha256: sha256(words) };
  }

  /** Before the event that refers to it; undefined when it is on disk. */
  async write({ text }: TextReference, words: string, context: CommandContext): Promise<Failed | undefined> {
    const handled = await this.streams.handle(freeText, freeTextStream(text), { type: 'WriteText', text, words }, context);
    if (handled.kind === 'refused') throw new Error(`the text ${text} was written before, in other words`);
    return handled.kind === 'failed' ? failed(handled) : undefined;
  }

  /** From the stream itself, which no view may outlive; empty where it was erased. */
  async read(reference: TextReference | undefined): Promise<string> {
    if (reference === undefined) return '';
    const { state } = await this.streams.load(freeText, freeTextStream(reference.text));
    return state ?? '';
  }
}

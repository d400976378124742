import { Inject, Injectable } from '@nestjs/common';
import { component as componentDecider, componentStream, deadlineOf, moderatingOf, type Moderating } from '@portal/domain';
import type { Streams } from '@portal/event-store';
import { STREAMS } from '../../platform/tokens.js';

/** How a component is moderated at this moment, from its own stream. */
@Injectable()
export class SettingsNow {
  constructor(@Inject(STREAMS) private readonly streams: Streams) {}

  async of(component: string, account?: string): Promise<{ readonly moderating: Moderating; readonly deadline?: string }> {
    const { state } = await this.streams.load(componentDecider, componentStream(component));
    if (state.settings === undefined) throw new Error(`${component} has a view and no settings`);
    const deadline = deadlineOf(state, account);
    return { moderating: moderatingOf(state.settings), ...(deadline !== undefined && { deadline }) };
  }
}

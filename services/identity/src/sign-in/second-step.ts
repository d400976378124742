import { randomUUID } from 'node:crypto';
import type { Factor } from '@portal/contract';
import type { SessionCommand } from '@portal/domain';
import { eventId } from '@portal/event-store';
import type { Approval } from '../factors/approvals.js';
import { hiddenPhone, type SecondFactors } from '../factors/second-factors.js';
import { Refused, refusedAs } from '../http/problems.js';
import type { Second } from './sign-in-work.js';

/** Writes to the stream of the sign-in; throws where it could not be recorded. */
export type Recorder = (command: SessionCommand, commandId: string) => Promise<void>;

interface Whose {
  readonly who: string;
  readonly session: string;
  readonly purpose: Approval['purpose'];
  readonly client: string;
  readonly address: string;
}

/** Asks for a second factor and looks at the answer. Every step of it is recorded before it is acted upon. */
export class SecondStep {
  constructor(
    private readonly factors: SecondFactors,
    private readonly whose: Whose,
    private readonly record: Recorder,
  ) {}

  /** The password was right: where the way chosen first is closed at the moment, the next that is open is asked for. */
  async first([chosen, ...others]: readonly [Factor, ...Factor[]]): Promise<Second> {
    try {
      return await this.ask(chosen);
    } catch (refused) {
      if (!(refused instanceof Refused)) throw refused;
      return this.#firstOpen(others, refused);
    }
  }

  /** None is open: the person is told of the one that they chose. */
  async #firstOpen(others: readonly Factor[], refused: Refused): Promise<Second> {
    for (const factor of others) {
      try {
        return await this.ask(factor);
      } catch (error) {
        if (!(error instanceof Refused)) throw error;
      }
    }
    throw refused;
  }

  /** `before` gives up what was asked for so far: not where this may not be asked for, so that a good number stays good. */
  async ask(factor: Factor, before?: () => Promise<void>): Promise<Second> {
    const { who } = this.whose;
    this.factors.mayAsk(who, factor);
    await before?.();
    const second = { factor, factors: this.factors.of(who) };
    if (factor === 'sms') return { ...second, ...(await this.#send()) };
    return factor === 'app' ? { ...second, ...(await this.#show()) } : second;
  }

  /** Throws a `Refused` where the code proves nobody. */
  async checkCode(factor: Factor, code: string): Promise<void> {
    const { who, session } = this.whose;
    this.factors.mustBeOpen(who, factor);
    if (this.factors.verify(who, session, factor, code)) return;
    await this.factors.refused(who, factor);
    await this.record({ type: 'RefuseCode', factor }, randomUUID());
    throw refusedAs('code-refused', 'the code is not right, was used, or is too old');
  }

  /** False: nobody has answered yet. */
  async isGranted(request: string): Promise<boolean> {
    const approval = this.factors.approvals.find(request);
    switch (approval?.state) {
      case 'open':
        return false;
      case 'granted':
        return true;
      case 'denied':
      case 'reported':
      case 'wrong-number':
        throw refusedAs('approval-denied', 'the request was answered, and not with the number');
      default:
        await this.giveUp(request);
        throw refusedAs('approval-expired', 'nobody answered within a minute: ask for a new number');
    }
  }

  /** Nothing is recorded where it was answered before. */
  async giveUp(request: string): Promise<void> {
    const state = this.factors.approvals.find(request)?.state;
    if (state !== 'open' && state !== 'expired') return;
    await this.record({ type: 'ExpireApproval', request }, eventId(request, 'expire', 0));
    this.factors.approvals.settle(request, 'expired');
  }

  async #send(): Promise<Pick<Second, 'sentTo' | 'expiresAt'>> {
    const { who, session } = this.whose;
    const phone = this.factors.store.find(who, 'sms')?.secret ?? '';
    const { code, expiresAt } = this.factors.codes.newSmsCode(session, who);
    await this.record({ type: 'SendCode', factor: 'sms' }, randomUUID());
    await this.factors.send(phone, code);
    return { sentTo: hiddenPhone(phone), expiresAt };
  }

  async #show(): Promise<Pick<Second, 'request' | 'number' | 'expiresAt'>> {
    const { who, session, purpose, client, address } = this.whose;
    const { request, number, expiresAt } = this.factors.approvals.open({ account: who, session, purpose, client, address });
    await this.record({ type: 'RequestApproval', request }, eventId(request, 'request', 0));
    return { request, number, expiresAt: new Date(expiresAt).toISOString() };
  }
}

import type { Command } from 'commander';
import type { OpenSession } from '@portal/contract';
import type { FactorDeed } from '../../platform/api/api.js';
import { deviceName } from '../../components/device-name.js';
import { stamp } from '../../components/time.js';
import type { Language } from '../../platform/i18n/catalogue.js';
import { sanitise } from '../../platform/text/sanitise.js';
import { outcomeOf, type Outcome, type Say } from '../outcome.js';
import type { Served, Workshop } from '../program.js';
import { repeatWhileAway } from '../repeat.js';
import { readSecret } from '../secret.js';
import { headings, table } from '../table.js';

interface SetUpOptions {
  readonly phone?: string;
  readonly codeStdin?: boolean;
}

/** One's own sign-ins, and what is asked for besides the password. */
export function addFactors(program: Command, { add, served, say }: Workshop): void {
  const sessions = add(program, 'sessions', 'cli.command.sessions');
  served(sessions, async at => outcomeOf(await repeatWhileAway(at.api.sessions), at, ({ sessions: open }) => sessionsShown(open, at.context.language)));
  served(add(sessions, 'end <session>', 'cli.command.sessions.end'), async at =>
    outcomeOf(await repeatWhileAway(() => at.api.endSession(at.words[0]!)), at, document => ({
      kind: 'done',
      document,
      text: translate => translate(document.ended ? 'cli.session-ended' : 'cli.session-not-open'),
    })),
  );
  const factor = add(program, 'factor', 'cli.command.factor');
  served(add(factor, 'list', 'cli.command.factor.list'), at => setUp(at, 'list'));
  for (const kind of ['app', 'recovery'] as const) {
    served(add(factor, kind, `cli.command.factor.${kind}`), at => setUp(at, kind));
  }
  const codeStdin = ['--code-stdin', say('cli.option.confirm-code')] as const;
  served<SetUpOptions>(add(factor, 'totp', 'cli.command.factor.totp').option(...codeStdin), at =>
    at.options.codeStdin === true ? confirm(at, 'totp-confirmation') : setUp(at, 'totp'),
  );
  const sms = add(factor, 'sms', 'cli.command.factor.sms').option('--phone <phone>', say('cli.option.phone'));
  served<SetUpOptions>(sms.option(...codeStdin), at => {
    const { phone = '', codeStdin: isConfirming } = at.options;
    return isConfirming === true ? confirm(at, 'sms-confirmation') : setUp(at, 'sms', { phone });
  });
}

/** The code comes from standard input: words of a command can be read by others on the machine. */
async function confirm(at: Served<unknown>, deed: FactorDeed): Promise<Outcome> {
  const secret = await readSecret(at.context, true);
  return 'kind' in secret ? secret : setUp(at, deed, { code: secret.password.trim() });
}

/** The answer as it is: secrets and codes are shown once, to whoever is signed in. */
async function setUp(at: Served<unknown>, deed: FactorDeed, body: object = {}): Promise<Outcome> {
  return outcomeOf(await at.api.factors<Record<string, unknown>>(deed, body), at, document => {
    const lines = Object.entries(document).map(([name, value]) => `${name}: ${[value].flat().map(String).join(' ')}`);
    return { kind: 'done', document, text: () => lines.map(sanitise).join('\n') };
  });
}

function sessionsShown(sessions: readonly OpenSession[], language: Language): Outcome {
  return { kind: 'done', document: sessions, text: say => sessionsText(sessions, say, language) };
}

export function sessionsText(sessions: readonly OpenSession[], say: Say, language: Language): string {
  const heads = headings(['session', 'device', 'startedAt', 'lastSeenAt', 'endsAt', 'notes']);
  const rows = sessions.map(({ session, device, startedAt, lastSeenAt, endsAt, kept, here, amp = false }) => {
    const notes = ([['here', here], ['amp', amp], ['kept', kept]] as const).flatMap(([note, holds]) => (holds ? [say(`cli.sessions.${note}`)] : []));
    const times = [startedAt, lastSeenAt, endsAt].map(time => (time === undefined ? null : stamp(time, language)));
    return [session, deviceName(device), ...times, notes.join(', ')];
  });
  return table(say, heads, rows);
}

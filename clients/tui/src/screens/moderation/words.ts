import type { IamisCentre, IamisSummary, ModerationChoice, Verdict } from '@portal/contract';
import { componentTitle } from '../../components/component-title.js';
import type { MessageId, Translate } from '../../platform/i18n/catalogue.js';
import type { Frame, Line, Sentence, Size, Span, ViewContext } from '../../platform/screen.js';
import { sanitise } from '../../platform/text/sanitise.js';
import { cut, width } from '../../platform/text/width.js';
import { headerOf, type WorkAs } from '../../platform/work-as.js';

/** Words that stand on several pages of moderation. */

/** One that no catalogue has (a later service knows more) is shown by its name. */
export function flagWords(flags: readonly string[], t: Translate): readonly string[] {
  return flags.map((flag) => known(`iamis.flag.${flag}`, flag, t));
}

export function methodWord(method: ModerationChoice | null, t: Translate): string {
  return method === null ? '–' : t(`iamis.method.${method}`);
}

export function capacityWord(role: string, t: Translate): string {
  return known(`iamis.role.${role}`, role, t);
}

export function reasonWord(problem: string, t: Translate): string {
  return known(`iamis.unsuitable.${problem}`, problem, t);
}

export const stateWord = (centre: Pick<IamisCentre, 'state'>, t: Translate): string => t(`iamis.state.${centre.state}`);
export const stageWord = (verdict: Pick<Verdict, 'stage'>, t: Translate): string => t(`iamis.stage.${verdict.stage}`);

/** Marks as they stand: a dash where there is none. */
export const markWord = (mark: number | 'ABS' | 'CF' | null): string => (mark === null ? '–' : String(mark));

/** To two decimals, which is as far as anybody reads it; towards zero, so that 0.799 never passes for 0.80. */
export function rhoWord(rho: string | null): string {
  if (rho === null || !Number.isFinite(Number(rho))) return rho === null ? '–' : sanitise(rho);
  const hundredths = Math.trunc(Number((Number(rho) * 100).toFixed(6)));
  return `${hundredths < 0 ? '−' : ''}${(Math.abs(hundredths) / 100).toFixed(2)}`;
}

/** With its sign, which is never left to colour; `±0` where nothing differs. */
export function signed(difference: number): string {
  if (difference === 0) return '±0';
  return difference > 0 ? `+${difference}` : `−${Math.abs(difference)}`;
}

/** With the whole title of the component; where that has no room, its code and what it is called. */
export function headingOf(id: MessageId, component: IamisSummary, { columns }: Size, context: ViewContext): string {
  const whole = ` ${context.t(id, { component: componentTitle(component, context) })}`;
  if (width(whole) <= columns) return whole;
  const title = sanitise(component.titles[context.language] || component.title);
  return cut(` ${context.t(id, { component: `${sanitise(component.code)} ${title}` })}`, columns);
}

export function problemLine(problem: Sentence | undefined, { t }: ViewContext): Line | undefined {
  return problem && [{ text: ` ! ${t(problem.id, problem.values)}`, as: 'error' }];
}

/** While a reason is typed nothing else means anything. */
export const reasonKeys = ({ t }: ViewContext): NonNullable<Frame['keys']> => [['enter', t('iamis.reason.record')], ['escape', t('iamis.leave-it')]];

/** Stands on every page until it is ended: whose part one looks at, and under which role one acts. */
export function bannerOf(capacity: WorkAs | undefined, component: string, { t }: ViewContext): Span | undefined {
  if (capacity?.member === undefined) return undefined;
  const values = { role: capacityWord(capacity.role, t), member: sanitise(capacity.member), unit: sanitise(component.split('@')[0] ?? component) };
  return { text: ` ${t('iamis.banner', values)}`, as: 'conflict' };
}

export const isSame = (one: WorkAs | undefined, other: WorkAs | undefined): boolean =>
  (one && headerOf(one)) === (other && headerOf(other));

function known(id: string, otherwise: string, t: Translate): string {
  const text = t(id as MessageId);
  return text === id ? sanitise(otherwise) : text;
}

import type { DocumentOffer } from '@portal/contract';
import { fieldLine } from '../../components/field.js';
import type { MessageId, Translate } from '../../platform/i18n/catalogue.js';
import type { Line, Overlay, Size, Span, ViewContext } from '../../platform/screen.js';
import { sanitise } from '../../platform/text/sanitise.js';
import { cut, fit, width, wrap } from '../../platform/text/width.js';
import { boxSize } from '../../components/box.js';
import { seriesIn } from '../../components/time.js';
import type { DocumentsState } from './documents.state.js';
import { choicesOf, isTyped, offersIn, type Choices, type NewDocument, type NewField, type TypedField } from './new-document.state.js';

/** The form over the list: a row a field, below it what the field in hand takes, and what is wrong. */
export function newDocumentBox({ form, offers: all }: DocumentsState, size: Size, context: ViewContext): Overlay {
  const { t } = context;
  const { columns } = boxSize(size);
  const offers = all && offersIn(all, context.workAs);
  const problem = form.problem === undefined ? [] : wrap(`! ${t(form.problem.id, form.problem.values)}`, columns);
  const said = [...problem.map((text): Line => [{ text, as: 'error' }]), ...(form.asking === undefined ? [] : [t('documents.busy')])];
  const leave = ['escape', t('documents.save.leave')] as const;
  const title = t('documents.new.title');
  if (offers === undefined || offers.length === 0) {
    const text = t(offers === undefined ? 'list.loading' : 'documents.new.none');
    const again = ['enter', t('documents.key.retry.short')] as const;
    return { title, lines: ['', ...(problem.length > 0 ? said : wrap(text, columns)), ''], keys: problem.length > 0 ? [again, leave] : [leave] };
  }
  const choices = choicesOf(form, offers, context.language);
  const label = Math.max(...FIELDS.map((field) => width(t(`documents.new.${field}`)))) + 4;
  const look: Look = { form, choices, columns, label, context };
  const lines = ['', ...choices.fields.flatMap((field) => rowsOf(field, look)), '', ...hint(look), '', ...said];
  return {
    title,
    // As high whatever is chosen: a box that jumps is hard to read.
    lines: Array.from({ length: Math.max(lines.length, USUAL_ROWS) + 1 }, (_, index) => lines[index] ?? ''),
    keys: [['enter', t('documents.new.do')], ['tab', t('documents.new.next')], ['← →', t('documents.new.choose')], leave],
  };
}

const USUAL_ROWS = 11;
const FIELDS = ['component', 'kind', 'centre', 'candidate', 'receipt', 'language', 'format'] as const satisfies readonly NewField[];

interface Look {
  readonly form: NewDocument;
  readonly choices: Choices;
  readonly columns: number;
  readonly label: number;
  readonly context: ViewContext;
}

function rowsOf(field: NewField, look: Look): readonly Line[] {
  const { form, choices, columns, label, context } = look;
  const { t } = context;
  const isFocused = form.focus === field;
  const head = fit(`${isFocused ? '▸' : ' '} ${t(`documents.new.${field}`)}`, label);
  const room = columns - label;
  if (isTyped(field)) {
    return [[head, '  ', ...(fieldLine(form[field], { columns: Math.min(room, NUMBER_COLUMNS), isFocused }) as readonly Span[])]];
  }
  const { text, at, of } = chosen(field, look);
  const count = isFocused && of > 1 ? `  ${at + 1}/${of}` : '';
  const value = cut(text, room - 4 - width(count));
  const shown: Span = isFocused ? { text: of > 1 ? `◂ ${value} ▸` : `  ${value} `, as: 'selected' } : `  ${value}`;
  const below = field === 'component' && choices.offer !== undefined ? titleOf(choices.offer, room - 2, context) : [];
  return [[head, shown, count], ...below.map((line) => `${' '.repeat(label)}  ${cut(line, room - 2)}`)];
}

const NUMBER_COLUMNS = 10;

function chosen(field: Exclude<NewField, TypedField>, { choices, context: { t, language: shown } }: Look): { readonly text: string; readonly at: number; readonly of: number } {
  const { offers, offer, kinds, kind, languages, language, formats, format } = choices;
  const one = <T>(all: readonly T[], now: T | undefined, word: (now: T) => string) =>
    now === undefined ? { text: '–', at: 0, of: 0 } : { text: word(now), at: all.indexOf(now), of: all.length };
  switch (field) {
    case 'component':
      return one(offers, offer, (it) => [it.code, `${it.qualification} ${seriesIn(it.series, shown)}`.trim()].map((part) => sanitise(part)).join(' · '));
    case 'kind':
      return one(kinds, kind, (it) => t(`documents.kind.${it}`));
    case 'language':
      return one(languages, language, (it) => t(`documents.new.language.${it}`));
    case 'format':
      return one(formats, format, (it) => it.toUpperCase());
  }
}

/** What it is called, and as whom it is asked for: on two lines where one is too short. */
function titleOf({ component, titles, role }: DocumentOffer, room: number, { t, language, workAs }: ViewContext): readonly string[] {
  const member = workAs?.[component]?.member;
  const title = sanitise(titles[language] || titles.en);
  const as = [capacityWord(role, t), ...(member === undefined ? [] : [member])].map((part) => sanitise(part)).join(' · ');
  const both = `${title} · ${as}`;
  return width(both) <= room ? [both] : [title, as];
}

function capacityWord(role: string, t: Translate): string {
  const id = `capacity.${role}` as MessageId;
  const word = t(id);
  return word === id ? role : word;
}

function hint({ form, choices, columns, context: { t } }: Look): readonly Line[] {
  const { focus, typed } = form;
  if (focus === 'component' && typed.text !== '') {
    const text = sanitise(typed.text);
    const none: readonly Line[] = choices.offer === undefined ? [[{ text: cut(t('filter.nothing', { text }), columns), as: 'warning' }]] : [];
    return [[t('filter.prompt', { text }), { text: ' ', as: 'selected' }], ...none];
  }
  const about = focus === 'centre' ? (`centre-${choices.centre as 'needed' | 'possible'}` as const) : focus;
  return wrap(t(`documents.new.about.${about}`), columns).map((text): Line => [{ text, as: 'muted' }]);
}

import type { DocumentOffer, RequestDocument } from '@portal/contract';
import { EMPTY_FIELD, type Field } from '../../components/field.js';
import { EMPTY_LIST, matches } from '../../components/list.js';
import type { Capacities, Sentence } from '../../platform/screen.js';
import { headerOf } from '../../platform/work-as.js';

/** The form in which a document is asked for. What may be asked for, the service has said. */

export interface NewDocument {
  readonly focus: NewField;
  /** What narrows the components down. */
  readonly typed: Field;
  /** What was chosen; undefined is the first there is. */
  readonly offer: string | undefined;
  readonly kind: Kind | undefined;
  readonly language: NonNullable<RequestDocument['language']> | undefined;
  readonly format: NonNullable<RequestDocument['format']> | undefined;
  readonly centre: Field;
  readonly candidate: Field;
  readonly receipt: Field;
  readonly problem: Sentence | undefined;
  /** The command that has not been answered yet. */
  readonly asking: string | undefined;
}

export type NewField = 'component' | 'kind' | 'centre' | 'candidate' | 'receipt' | 'language' | 'format';
/** What is typed, and not chosen. */
export type TypedField = 'centre' | 'candidate' | 'receipt';
export const isTyped = (field: NewField): field is TypedField => field === 'centre' || field === 'candidate' || field === 'receipt';
export type Kind = RequestDocument['kind'];

export const NO_DOCUMENT: NewDocument = {
  focus: 'component', typed: EMPTY_FIELD, offer: undefined, kind: undefined, language: undefined, format: undefined,
  centre: EMPTY_FIELD, candidate: EMPTY_FIELD, receipt: EMPTY_FIELD, problem: undefined, asking: undefined,
};

const LANGUAGES = ['en', 'cy'] as const;
const FORMATS = ['csv', 'xlsx', 'json'] as const;

/** In the capacity in which this window works on a component; where none was chosen, in any that one has. */
export function offersIn(offers: readonly DocumentOffer[], workAs: Capacities = {}): readonly DocumentOffer[] {
  return offers.filter(({ component, role, kinds }) => kinds.length > 0 && (workAs[component]?.role ?? role) === role);
}

export const offerKey = ({ component, role }: DocumentOffer): string => `${component} ${role}`;

/** What of the form there is to fill in, and to choose from. */
export interface Choices {
  readonly offers: readonly DocumentOffer[];
  /** Undefined where nothing matches what was typed. */
  readonly offer: DocumentOffer | undefined;
  readonly kinds: readonly Kind[];
  readonly kind: Kind | undefined;
  readonly centre: DocumentOffer['kinds'][number]['centre'];
  readonly languages: typeof LANGUAGES;
  readonly language: (typeof LANGUAGES)[number];
  readonly formats: typeof FORMATS;
  readonly format: (typeof FORMATS)[number];
  readonly fields: readonly NewField[];
}

/** Written in the language of the screen, unless another was chosen. */
export function choicesOf(form: NewDocument, all: readonly DocumentOffer[], screen: 'en' | 'cy' = 'en'): Choices {
  const offers = all.filter(({ code, component, qualification, series, titles, role }) =>
    matches({ ...EMPTY_LIST, filter: form.typed }, [code, component, qualification, series, titles.en, titles.cy, role].join(' ')));
  const offer = offers.find((one) => offerKey(one) === form.offer) ?? offers[0];
  const there = offer?.kinds ?? [];
  const { kind, centre = 'none' } = there.find((one) => one.kind === form.kind) ?? there[0] ?? {};
  const fields: NewField[] = ['component', 'kind'];
  if (centre !== 'none') fields.push('centre');
  if (kind === 'audit-report') fields.push('candidate');
  if (kind === 'receipt') fields.push('receipt');
  fields.push(kind === 'export' ? 'format' : 'language');
  const written = { languages: LANGUAGES, language: form.language ?? screen, formats: FORMATS, format: form.format ?? FORMATS[0] };
  return { offers, offer, kinds: there.map((one) => one.kind as Kind), kind: kind as Kind | undefined, centre, ...written, fields };
}

/** What is missing, or is none, and where. */
export function faultIn(form: NewDocument, { offer, centre, fields }: Choices): { readonly focus: NewField; readonly problem: Sentence | undefined } | undefined {
  // That nothing matches stands below what was typed already.
  if (offer === undefined) return { focus: 'component', problem: undefined };
  const [number, candidate] = [form.centre.text.trim(), form.candidate.text.trim()];
  if (number === '' && centre === 'needed') return { focus: 'centre', problem: { id: 'documents.new.centre-needed' } };
  if (number !== '' && centre !== 'none' && !/^\d{5}$/.test(number)) return { focus: 'centre', problem: { id: 'documents.new.centre-malformed' } };
  if (fields.includes('candidate') && candidate !== '' && !/^\d{4}$/.test(candidate)) return { focus: 'candidate', problem: { id: 'documents.new.candidate-malformed' } };
  const receipt = receiptIn(form);
  const isReceipt = !fields.includes('receipt') || receipt === '' || /^[0-9A-Z]{4}-[0-9A-Z]{4}$/.test(receipt);
  return isReceipt ? undefined : { focus: 'receipt', problem: { id: 'documents.new.receipt-malformed' } };
}

/** There are no small letters on a receipt. */
const receiptIn = ({ receipt }: NewDocument): string => receipt.text.trim().toUpperCase();

/** A field that is not there says nothing, whatever was typed in it before. */
export function wantedIn(form: NewDocument, { offer, kind, fields, format, language }: Choices): RequestDocument {
  const [centre, candidate, receipt] = [form.centre.text.trim(), form.candidate.text.trim(), receiptIn(form)];
  return {
    kind: kind!,
    component: offer!.component,
    ...(fields.includes('centre') && centre !== '' && { centre }),
    ...(fields.includes('candidate') && candidate !== '' && { candidate }),
    ...(fields.includes('receipt') && receipt !== '' && { receipt }),
    ...(fields.includes('format') && { format }),
    ...(fields.includes('language') && { language }),
  };
}

/** As whose part it is looked at, where one works as somebody else. */
export function capacityIn({ component, role }: DocumentOffer, workAs: Capacities = {}): string {
  return headerOf(workAs[component] ?? { role });
}

import { fieldLine } from '../../components/field.js';
import { besideQr, qrColumns, qrLines } from '../../components/qr.js';
import type { Line, Size, ViewContext } from '../../platform/screen.js';
import { sanitise } from '../../platform/text/sanitise.js';
import { inPieces, wrap } from '../../platform/text/width.js';
import type { AccountState, SetUp } from './account.state.js';
import { shortTotpUri } from './totp-uri.js';

/** One way of proving who one is, while it is set up: what to scan or to type, and what to answer. */
export function viewSetUp(state: AccountState, setUp: SetUp, size: Size, context: ViewContext): readonly Line[] {
  switch (setUp.kind) {
    case 'totp':
      return withQr(shortTotpUri(setUp.uri), size, context, (columns) => [
        ...wrap(sanitise(setUp.secret).replace(/(.{4})(?=.)/g, '$1 '), columns).map(asHeading),
        '',
        ...codeField(state, columns, context),
      ], 'totp');
    case 'app':
      return withQr(setUp.uri, size, context, (columns) => [
        ...inPieces(sanitise(setUp.uri), columns).map(asHeading),
        '',
        ...wrap(context.t('account.app-left', { count: Math.ceil(setUp.secondsLeft / 60) }), columns),
      ], 'app');
    case 'phone':
      return page('phone', size, context, labelled(state, size.columns, context, 'account.phone'));
    case 'sms':
      return page('sms', size, context, codeField(state, size.columns, context), { sentTo: sanitise(setUp.sentTo) });
    case 'codes':
      return page('codes', size, context, inColumns(setUp.codes.map(sanitise)));
  }
}

type Words = 'totp' | 'app' | 'phone' | 'sms' | 'codes';

function page(words: Words, { columns }: Size, { t }: ViewContext, below: readonly Line[], values = {}): readonly Line[] {
  return [
    '',
    asHeading(t(`account.set-up.${words}`)),
    '',
    ...wrap(t(`account.how.${words}`, values), columns - 4),
    '',
    ...below,
  ].map((line): Line => (typeof line === 'string' ? `  ${line}` : ['  ', ...line]));
}

/** Where the terminal is too small for the code, everything that it says stands there all the same. */
function withQr(
  uri: string, size: Size, context: ViewContext, below: (columns: number) => readonly Line[], words: 'totp' | 'app',
): readonly Line[] {
  const { t } = context;
  const code = qrLines(uri, { columns: size.columns - 34, rows: size.rows });
  const columns = code === undefined ? size.columns - 4 : size.columns - 3 - qrColumns(code);
  const text = [
    asHeading(t(`account.set-up.${words}`)),
    '',
    ...wrap(t(`account.how.${words}`), columns),
    '',
    ...below(columns),
  ];
  if (code !== undefined) return besideQr(code, text);
  return ['', ...text, '', ...wrap(t('account.no-room'), columns)].map((line): Line => (typeof line === 'string' ? `  ${line}` : ['  ', ...line]));
}

const asHeading = (text: string): Line => [{ text, as: 'heading' }];

function codeField(state: AccountState, columns: number, context: ViewContext): readonly Line[] {
  return labelled(state, columns, context, 'account.code');
}

function labelled(state: AccountState, columns: number, { t }: ViewContext, label: 'account.code' | 'account.phone'): readonly Line[] {
  return [t(label), fieldLine(state.field, { columns: Math.min(24, columns), isFocused: true })];
}

function inColumns(codes: readonly string[]): readonly Line[] {
  const half = Math.ceil(codes.length / 2);
  return codes.slice(0, half).map((code, row) => asHeading(`${code}    ${codes[half + row] ?? ''}`));
}

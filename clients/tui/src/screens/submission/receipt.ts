import type { Receipt } from '@portal/contract';
import { exactTime } from '../../components/time.js';
import type { MessageId } from '../../platform/i18n/catalogue.js';
import type { ViewContext } from '../../platform/screen.js';
import { sanitise } from '../../platform/text/sanitise.js';
import { fit } from '../../platform/text/width.js';

/** A receipt as lines of text: the same on the screen and in the file. */
export function receiptLines(receipt: Receipt, { t, language }: Pick<ViewContext, 't' | 'language'>): readonly string[] {
  const { logHead } = receipt;
  const rows: readonly (readonly [MessageId, string])[] = [
    ['submission.receipt.number', receipt.receipt],
    ['submission.receipt.component', receipt.component],
    ['submission.receipt.time', exactTime(receipt.recordedAt, language)],
    ['submission.receipt.marks', String(receipt.marks)],
    ['submission.receipt.absent', String(receipt.absent)],
    ['submission.receipt.sheets', String(receipt.sheets)],
    ['submission.receipt.position', receipt.position],
    ['submission.receipt.log-head', logHead === null ? t('submission.receipt.no-log-head') : logHead.position],
    ...(logHead === null ? [] : [['', logHead.hash] as never]),
  ];
  const leftOut = receipt.leftOut.map(({ centre, candidate, why }) => `  ${centre} ${candidate} ${sanitise(why)}`);
  return [
    ...rows.map(([id, value]) => `${fit((id as string) === '' ? '' : t(id), 14)}${sanitise(value)}`),
    ...(receipt.late ? [t('submission.receipt.late')] : []),
    ...(leftOut.length > 0 ? [t('submission.receipt.left-out'), ...leftOut] : []),
  ];
}

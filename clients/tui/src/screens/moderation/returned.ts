import type { Returned } from '@portal/contract';
import { dayAndTime } from '../../components/time.js';
import type { Line, ViewContext } from '../../platform/screen.js';
import { sanitise } from '../../platform/text/sanitise.js';
import { cut, wrap } from '../../platform/text/width.js';

/** Why it came back, who said so and when: it stands until it is submitted again. At most so many rows. */
export function returnedLines(returned: Returned | null | undefined, { columns, rows }: { readonly columns: number; readonly rows: number }, { t, language }: ViewContext): readonly Line[] {
  if (returned === null || returned === undefined) return [];
  const { by, at, reason } = returned;
  const text = t('iamis.returned', { by: sanitise(by), at: dayAndTime(at, language), reason: sanitise(reason) });
  const lines = wrap(text, columns - 2);
  const shown = lines.length <= rows ? lines : [...lines.slice(0, rows - 1), cut(lines.slice(rows - 1).join(' '), columns - 2)];
  return shown.map((line): Line => [{ text: ` ${line}`, as: 'warning' }]);
}

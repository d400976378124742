import type { ImportAnswer, RefusedRow, Sheet } from '@portal/contract';
import { parseMark, type MarkRefusal } from '@portal/domain';
import { mapResult, type ApiResult } from '../../platform/api/result.js';
import type { Placed } from '../capacity.js';
import type { CsvRow } from '../csv.js';
import { refusal } from '../refused-row.js';

/** What entering these rows would come to, judged on the sheet as it stands; nothing is sent. */
export async function previewSheet(at: Placed<object>, rows: readonly CsvRow[]): Promise<ApiResult<ImportAnswer>> {
  const centre = rows[0]!.values['CentreNo']!;
  const sheet = await at.read(() => at.api.sheet(at.words[0]!, centre, { capacity: at.capacity }));
  return mapResult(sheet, found => judge(found, rows));
}

function judge(sheet: Sheet, rows: readonly CsvRow[]): ImportAnswer {
  const refused: RefusedRow[] = [];
  let unchanged = 0;
  for (const row of rows) {
    const verdict = judgeRow(sheet, row);
    if (verdict === 'unchanged') unchanged++;
    else if (verdict !== 'accepted') refused.push(refusal(row, { type: verdict, detail: verdict }));
  }
  return { accepted: rows.length - unchanged - refused.length, unchanged, refused };
}

const REFUSALS: Readonly<Record<MarkRefusal['reason'], string>> = {
  MarkMalformed: 'mark-malformed',
  MarkNotHalf: 'mark-not-half',
  MarkOutOfRange: 'mark-out-of-range',
};

/** In the order in which the service decides: whose candidate, then locked, then the mark itself. */
function judgeRow(sheet: Sheet, { values }: CsvRow): string {
  const candidate = sheet.candidates.find(one => one.candidate === values['CandidateNo']);
  if (candidate === undefined) return 'candidate-unknown';
  if (candidate.state === 'submitted') return 'mark-locked';
  const points = parseMark(values['Mark']!, { maximum: sheet.maximum, halfMarks: false });
  const halves = parseMark(values['Mark']!, sheet);
  if ('refused' in halves) return REFUSALS[halves.refused.reason];
  const value = 'parsed' in points ? points.parsed : Number(values['Mark']);
  if (value === 'CLEAR') return candidate.mark === null ? 'unchanged' : 'accepted';
  if (value === candidate.mark && candidate.confirmed) return 'unchanged';
  return candidate.state === 'outstanding' ? 'script-outstanding' : 'accepted';
}

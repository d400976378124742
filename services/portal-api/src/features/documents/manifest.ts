/** What an export is held against: in points for people, in half-points in events, which hold whole numbers alone. */
import type { ExportManifest } from '@portal/contract';
import type { ExportManifest as RecordedManifest } from '@portal/domain';

export function recordedManifest({ sumOfMarks, ...rest }: ExportManifest): RecordedManifest {
  return { ...rest, sumOfHalfPoints: each(sumOfMarks, (points) => points * 2) };
}

export function shownManifest({ sumOfHalfPoints, ...rest }: RecordedManifest): ExportManifest {
  return { ...rest, sumOfMarks: each(sumOfHalfPoints, (halves) => halves / 2) };
}

type Sums = ExportManifest['sumOfMarks'];

const each = ({ centreMark, moderatorMark, finalMark }: Sums, to: (sum: number) => number): Sums => ({
  centreMark: to(centreMark),
  moderatorMark: to(moderatorMark),
  finalMark: to(finalMark),
});

/** Every "no" of the domain, and its name on the wire in the same words: `MarkOutOfRange` is `mark-out-of-range`. */
import type { AccountRefusal } from './account/refusal.js';
import type { CandidateRefusal } from './candidate/decide.js';
import type { CentreMarksImportRefusal } from './centre-marks-import/decide.js';
import type { CentreRefusal } from './centre/decide.js';
import type { ComponentRefusal } from './component/refusal.js';
import type { DocumentRefusal } from './document/refusal.js';
import type { MarkSheetRefusal } from './mark-sheet/refusal.js';
import type { ModerationRefusal } from './moderation/refusal.js';
import type { PersonRefusal } from './account/person.js';
import type { SubmissionRefusal } from './submission/decide.js';
import type { TeamRefusal } from './team/refusal.js';

export type Refusal =
  | AccountRefusal
  | CandidateRefusal
  | CentreMarksImportRefusal
  | CentreRefusal
  | ComponentRefusal
  | DocumentRefusal
  | MarkSheetRefusal
  | ModerationRefusal
  | PersonRefusal
  | SubmissionRefusal
  | TeamRefusal;

export type KebabCase<Text extends string> = Text extends `${infer First}${infer Rest}`
  ? Rest extends Uncapitalize<Rest>
    ? `${Uncapitalize<First>}${KebabCase<Rest>}`
    : `${Uncapitalize<First>}-${KebabCase<Rest>}`
  : Text;

export function kebabCase<Text extends string>(text: Text): KebabCase<Text> {
  return text.replace(/(?<!^)[A-Z]/g, '-$&').toLowerCase() as KebabCase<Text>;
}

/** Which role may have which kind of document of a component: one table, and the only place that says so. */
import type { DocumentKind } from './events.js';

const SENIORS = ['team-leader', 'principal', 'chair'] as const;
/** Both read everything of a component; an auditor reads more. */
const STAFF = ['auditor', 'admin'] as const;

export const DOCUMENT_ROLES: { readonly [Kind in DocumentKind | 'agenda']: readonly string[] } = {
  formula: [...SENIORS, ...STAFF],
  summary: ['examiner', 'moderator', ...SENIORS, ...STAFF],
  'mark-sheet': ['examiner', 'moderator', ...SENIORS, ...STAFF],
  receipt: ['examiner', ...SENIORS, ...STAFF],
  'centre-report': ['moderator', ...SENIORS, ...STAFF],
  'audit-report': ['auditor'],
  export: [...SENIORS, ...STAFF],
  /** Whoever has a part in the component goes to its conference. */
  agenda: ['examiner', 'moderator', ...SENIORS, ...STAFF],
};

/** What there is of a paper that is marked, and of a unit that is moderated. */
const DOCUMENTS_OF = {
  EMI: ['summary', 'mark-sheet', 'receipt', 'audit-report', 'export'],
  IAMIS: ['formula', 'summary', 'mark-sheet', 'centre-report', 'audit-report', 'export'],
} as const satisfies Readonly<Record<string, readonly DocumentKind[]>>;

export const documentKindsFor = (of: keyof typeof DOCUMENTS_OF, role: string): readonly DocumentKind[] =>
  DOCUMENTS_OF[of].filter((kind) => DOCUMENT_ROLES[kind].includes(role));

/** Whose centre it is matters to those who have a part of the component, and to nobody who has all of it. */
export const ownPartOnly = (role: string): boolean => role === 'examiner' || role === 'moderator' || role === 'team-leader';

/** Whether somebody with these roles of an account may ask for any; of a component, an appointee may where they have a part. */
export const mayAskForDocuments = (roles: readonly string[]): boolean =>
  roles.includes('appointee') || Object.entries(DOCUMENT_ROLES).some(([kind, may]) => kind !== 'agenda' && roles.some((role) => may.includes(role)));

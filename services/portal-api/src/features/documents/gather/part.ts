import { memberOf } from '../../../platform/capacity.js';
import type { Part } from '../../../platform/parts.js';
import type { DocumentRequest, Sources } from './request.js';

/** Whose part of the component is shown: as it was asked for, by the team of now. */
export const partOf = async ({ component, account, capacity }: DocumentRequest, { parts }: Sources): Promise<Part> =>
  parts.recorded(component, account, capacity);

/** Who is looked at: the member, where somebody works as one. */
export const subjectOf = ({ account, capacity }: DocumentRequest): string => memberOf(capacity) ?? account;

export const isIn = ({ accounts }: Part, account: string): boolean => accounts === 'all' || accounts.has(account);

/** Every view there is: what a projector keeps. */
import { agendas } from './agendas.js';
import { allServices } from './all-services.js';
import { candidateNames } from './candidate-names.js';
import { centres } from './centres.js';
import { componentCodes, components } from './components.js';
import { documentList } from './document-list.js';
import { emiSummary } from './emi-summary.js';
import { endedSessions } from './ended-sessions.js';
import { iamisCentres } from './iamis-centres.js';
import { iamisSummary } from './iamis-summary.js';
import { markSheets } from './mark-sheets.js';
import { openDocuments } from './open-documents.js';
import { openImports } from './open-imports.js';
import { openSubmissions } from './open-submissions.js';
import { people, usernames } from './people.js';
import { readyDocuments } from './ready-documents.js';
import { receipts } from './receipts.js';
import { signIns } from './sign-ins.js';
import { capacities, teams } from './teams.js';
import { unreadDocuments } from './unread-documents.js';
import type { View } from './view.js';

export const VIEWS: readonly View[] = [
  agendas,
  allServices,
  candidateNames,
  capacities,
  centres,
  componentCodes,
  components,
  documentList,
  emiSummary,
  endedSessions,
  iamisCentres,
  iamisSummary,
  markSheets,
  openDocuments,
  openImports,
  openSubmissions,
  people,
  readyDocuments,
  receipts,
  signIns,
  teams,
  unreadDocuments,
  usernames,
];

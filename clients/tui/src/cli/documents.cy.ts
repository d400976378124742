import type { Welsh } from '../platform/i18n/welsh.js';
import type { documentsCliEn } from './documents.en.js';

/** Still to be translated where undefined. */
export const documentsCliCy: Welsh<typeof documentsCliEn> = {
  'cli.command.document': undefined,
  'cli.command.document.request': undefined,
  'cli.command.document.list': undefined,
  'cli.command.document.save': undefined,
  'cli.command.document.upload': undefined,
  'cli.command.export': undefined,
  'cli.option.document.component': undefined,
  'cli.option.document.centre': undefined,
  'cli.option.document.candidate': undefined,
  'cli.option.document.receipt': undefined,
  'cli.option.document.format': undefined,
  'cli.option.document.wait': undefined,
  'cli.document.kind': undefined,
  'cli.document.format': undefined,
  'cli.document.asked': undefined,
  'cli.document.ready': undefined,
  'cli.document.parked': undefined,
  'cli.document.saved': undefined,
  'cli.document.file-exists': undefined,
  'cli.document.damaged': undefined,
  'cli.document.not-written': undefined,
  'cli.document.uploaded': undefined,
  'cli.head.document': undefined,
  'cli.head.kind': undefined,
  'cli.head.progress': undefined,
  'cli.head.bytes': undefined,
  'cli.head.pages': undefined,
};

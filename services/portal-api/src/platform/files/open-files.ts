import type { FilesAt } from './file-settings.js';
import type { FileStore } from './file-store.js';
import { openFolderFiles } from './folder-files.js';

/** The client of S3 is loaded only where there is a bucket: it is large. */
export async function openFiles(at: FilesAt): Promise<FileStore> {
  if ('folder' in at) return openFolderFiles(at.folder);
  const { openS3Files } = await import('./s3-files.js');
  return openS3Files(at);
}

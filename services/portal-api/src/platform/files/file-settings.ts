import { join, resolve } from 'node:path';
import { z } from 'zod';
import { ConfigError } from '../engines.js';

/** Where documents are kept. */
export const FileSettings = z.object({
  PORTAL_FILES: z.string().min(1).optional(),
  PORTAL_FILES_S3: z.url({ protocol: /^https?$/ }).optional(),
  PORTAL_FILES_S3_REGION: z.string().min(1).default('us-east-1'),
  PORTAL_FILES_S3_KEY: z.string().min(1).optional(),
  PORTAL_FILES_S3_SECRET: z.string().min(1).optional(),
});

export interface S3Bucket {
  /** Origin of the service. */
  readonly endpoint: string;
  readonly bucket: string;
  readonly region: string;
  readonly key: string;
  readonly secret: string;
}

/** A folder, by its absolute path, or a bucket. */
export type FilesAt = { readonly folder: string } | S3Bucket;

export function filesAt(settings: z.infer<typeof FileSettings>, data: string): FilesAt {
  const { PORTAL_FILES: folder, PORTAL_FILES_S3: url, PORTAL_FILES_S3_KEY: key, PORTAL_FILES_S3_SECRET: secret } = settings;
  if (url === undefined) {
    if (key !== undefined || secret !== undefined) throw new ConfigError('PORTAL_FILES_S3_KEY: of use with PORTAL_FILES_S3 only');
    return { folder: resolve(folder ?? join(data, 'files')) };
  }
  if (folder !== undefined) throw new ConfigError('PORTAL_FILES: PORTAL_FILES_S3 is set as well');
  if (key === undefined || secret === undefined) throw new ConfigError('PORTAL_FILES_S3: PORTAL_FILES_S3_KEY and PORTAL_FILES_S3_SECRET are needed');
  const { origin, pathname } = new URL(url);
  const [, bucket] = /^\/([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])\/?$/.exec(pathname) ?? [];
  if (bucket === undefined) throw new ConfigError('PORTAL_FILES_S3: the name of a bucket is needed after the origin');
  return { endpoint: origin, bucket, region: settings.PORTAL_FILES_S3_REGION, key, secret };
}

import type { Me } from '@portal/contract';
import type { ApiResult } from '../api/result.js';

/** A sign-in whose questions are answered in a browser, here or on another device. */
export interface Elsewhere {
  readonly way: 'browser' | 'device';
  /** Where the person goes. */
  readonly address: string;
  /** With the code in it, for a QR code. */
  readonly addressWithCode?: string;
  /** Typed there; with a device only. */
  readonly userCode?: string;
  /** ISO 8601. */
  readonly expiresAt: string;
  /** Never rejects for what the network or the provider does. */
  readonly ended: Promise<ApiResult<Me>>;
  /** `ended` is then refused as `sign-in-given-up`, and nothing is kept. */
  readonly giveUp: () => void;
}

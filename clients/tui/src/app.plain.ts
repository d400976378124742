import type { ClientOptions } from './platform/session/session.js';
export async function runPlain(_options: ClientOptions, _process: NodeJS.Process): Promise<number> { return 0; }

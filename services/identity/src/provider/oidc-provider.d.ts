/** What identity uses of `oidc-provider`, which comes without types. */
declare module 'oidc-provider' {
  import type { EventEmitter } from 'node:events';
  import type { IncomingMessage, ServerResponse } from 'node:http';

  export interface Interaction {
    readonly uid: string;
    readonly params: Readonly<Record<string, unknown>>;
    readonly returnTo: string;
    /** With a code from another device: the code there. */
    readonly deviceCode?: string;
    result?: Record<string, unknown>;
    persist(): Promise<string>;
  }

  export interface Grant {
    readonly jti: string;
    readonly clientId?: string;
    addOIDCScope(scope: string): void;
    addResourceScope(resource: string, scope: string): void;
    save(): Promise<string>;
  }

  export interface DeviceCode {
    readonly deviceInfo?: { readonly ip?: string; readonly ua?: string };
  }

  export interface OidcContext {
    readonly route?: string;
    readonly params?: Readonly<Record<string, unknown>>;
    readonly client?: { readonly clientId: string };
    readonly session?: Session;
    readonly result?: { readonly consent?: { readonly grantId?: string } };
  }

  export interface Session {
    readonly accountId?: string;
    readonly state?: { readonly secret?: string };
    grantIdFor(clientId: string): string | undefined;
    destroy(): Promise<void>;
  }

  export interface ProviderContext {
    readonly path: string;
    readonly method: string;
    query: Readonly<Record<string, unknown>>;
    readonly req: IncomingMessage;
    readonly res: ServerResponse;
    set(headers: Readonly<Record<string, string>>): void;
    status: number;
    type: string;
    body: unknown;
    readonly state: Record<string, unknown>;
    readonly oidc?: OidcContext;
  }

  export interface ProviderError extends Error {
    readonly statusCode?: number;
    readonly error?: string;
    readonly error_description?: string;
    /** As it was typed. */
    readonly userCode?: string;
  }

  export const errors: {
    readonly InvalidTarget: new () => ProviderError;
    readonly InvalidGrant: new (detail: string) => ProviderError;
  };

  export const interactionPolicy: {
    base(): { get(prompt: string): { readonly checks: { remove(name: string): void } } };
  };

  export class Provider extends EventEmitter {
    constructor(issuer: string, configuration: Record<string, unknown>);
    /** Whether `X-Forwarded-Proto` and `-Host` are believed. */
    proxy: boolean;
    readonly Grant: {
      new (payload: Record<string, unknown>): Grant;
      find(id: string): Promise<Grant | undefined>;
    };
    readonly Session: { get(ctx: { readonly req: IncomingMessage; readonly res: ServerResponse }): Promise<Session> };
    readonly DeviceCode: { find(id: string): Promise<DeviceCode | undefined> };
    use(middleware: (ctx: ProviderContext, next: () => Promise<void>) => Promise<void>): this;
    callback(): (request: IncomingMessage, response: ServerResponse) => Promise<void>;
    interactionDetails(request: IncomingMessage, response: ServerResponse): Promise<Interaction>;
  }
}

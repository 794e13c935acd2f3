/** HTTP: the Fastify application, errors, sessions and tokens, access, live values. */
import type { AccessService } from './access/service.ts';
import type { App } from './app.ts';
import type { LiveHub } from './live-hub.ts';
import type { Metrics } from './metrics.ts';

export type { WebSocket } from '@fastify/websocket';
export { accessRoutes } from './access/routes.ts';
export { secretHash } from './access/secrets.ts';
export { AccessService, type Token, type User } from './access/service.ts';
export { type App, createApp, signedInActor } from './app.ts';
export type { ErrorBody } from './error-translator.ts';
export { httpErrors } from './errors.ts';
export { LiveHub } from './live-hub.ts';
export { Metrics, metricsRoutes } from './metrics.ts';
export { contentSecurityPolicy } from './security-headers.ts';
export { type Attachment, sendAttachment } from './send-attachment.ts';
export { type RangedContent, sendRange } from './send-range.ts';

/** Folder of the package's own migrations. */
export const accessMigrations = new URL('../migrations/', import.meta.url);

declare module '@millwright/kernel' {
  interface Host {
    /** Add routes under `/api/<module>/`; every one needs a session unless its config says `public`. */
    readonly http: App;
    readonly live: LiveHub;
    readonly access: AccessService;
    readonly metrics: Metrics;
  }
}

import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import cookie from '@fastify/cookie';
import swagger from '@fastify/swagger';
import websocket, { type WebSocket } from '@fastify/websocket';
import type { Actor, Logger } from '@millwright/kernel';
import { newId, operatorActor } from '@millwright/kernel';
import {
  type FastifyBaseLogger,
  type FastifyInstance,
  type FastifyRequest,
  fastify,
  type RawServerDefault,
} from 'fastify';
import {
  jsonSchemaTransform,
  serializerCompiler,
  validatorCompiler,
  type ZodTypeProvider,
} from 'fastify-type-provider-zod';
import type { AccessService, User } from './access/service.ts';
import { translateErrors } from './error-translator.ts';
import { httpErrors } from './errors.ts';
import { LiveHub } from './live-hub.ts';
import { type OpenConnection, OpenConnections } from './open-connections.ts';
import { securityHeaders } from './security-headers.ts';

export type App = FastifyInstance<
  RawServerDefault,
  IncomingMessage,
  ServerResponse,
  FastifyBaseLogger,
  ZodTypeProvider
>;

declare module 'fastify' {
  interface FastifyRequest {
    actor?: Actor;
    user?: User;
  }
  interface FastifyInstance {
    /**
     * Keeps an eye on a connection that was allowed: `look` is told whenever the caller's rights may have changed, and
     * every minute, and what it refuses with ends the connection with 4403. Who is signed out is closed with 4401.
     */
    watchOpen(request: FastifyRequest, socket: WebSocket, look: OpenConnection['look']): void;
  }
  interface FastifyContextConfig {
    /** Answered without a session; everything else under /api needs one. */
    public?: boolean;
    /** Answered while the one-time password still has to be replaced. */
    beforePasswordChange?: boolean;
  }
}

export const sessionCookie = 'millwright_session';

/** Bodies above this are streamed to a route that says so, not held in memory. */
const bodyLimitBytes = 4 * 1024 * 1024;

export interface AppOptions {
  readonly logger: Logger;
  readonly access: AccessService;
  readonly version: string;
  /** Makes its bearer the machine's operator; known only to who can read the data folder. */
  readonly operatorToken: string;
  /** Behind a reverse proxy that says who calls it. */
  readonly trustProxy?: boolean;
}

/** Who calls; throws SIGN_IN_REQUIRED when nobody does. */
export function signedInActor(request: FastifyRequest): Actor {
  if (!request.actor) throw httpErrors.SIGN_IN_REQUIRED({});
  return request.actor;
}

/** Builds the HTTP application; modules add their routes to it, the server makes it listen, tests `inject` into it. */
export async function createApp(options: AppOptions): Promise<{ app: App; live: LiveHub }> {
  const app = fastify({
    bodyLimit: bodyLimitBytes,
    trustProxy: options.trustProxy ?? false,
    genReqId: () => newId(),
    routerOptions: { maxParamLength: 500 },
  }).withTypeProvider<ZodTypeProvider>();
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  app.setErrorHandler(translateErrors(options.logger));
  app.setNotFoundHandler((request) => {
    throw httpErrors.ROUTE_UNKNOWN({ method: request.method, path: request.url });
  });
  await app.register(cookie);
  await app.register(websocket, { options: { maxPayload: 256 * 1024 } });
  await app.register(swagger, {
    openapi: { info: { title: 'Millwright', version: options.version } },
    transform: jsonSchemaTransform,
  });
  // Streams of any other type reach the route as they are, for uploads.
  app.addContentTypeParser(
    ['application/octet-stream', 'text/csv', 'application/x-ndjson'],
    (_request, payload, done) => done(null, payload),
  );

  app.addHook('onRequest', async (request, reply) => {
    reply.headers(securityHeaders);
    // By the route that will answer, not by the address as it was written: `/%61pi/…` leads to the same one.
    if (!(request.routeOptions.url ?? request.url).startsWith('/api/')) return;
    // What is said to one must not be kept for another by a browser or a proxy.
    reply.header('cache-control', 'no-store');
    const { actor, user } = await authenticate(request, options, true);
    request.actor = actor;
    request.user = user;
    if (request.routeOptions.config.public) return;
    if (!request.actor) throw httpErrors.SIGN_IN_REQUIRED({});
    if (request.user?.mustChangePassword && !request.routeOptions.config.beforePasswordChange)
      throw httpErrors.PASSWORD_CHANGE_REQUIRED({});
  });

  const connections = new OpenConnections();
  const live = new LiveHub(connections);
  const actorNow = async (request: FastifyRequest) => {
    const now = await authenticate(request, options, false);
    return now.user?.mustChangePassword ? undefined : now.actor;
  };
  app.decorate('watchOpen', (request, socket, look) => connections.add({ socket, look, now: () => actorNow(request) }));
  app.get('/api/live', { websocket: true }, (socket, request) =>
    live.connect(socket, signedInActor(request), () => actorNow(request)),
  );
  options.access.onChange(() => connections.recheck());
  app.get('/api/openapi.json', { schema: { hide: true } }, async () => app.swagger());
  return { app, live };
}

interface Caller {
  readonly actor?: Actor;
  readonly user?: User;
}

/** @param touch false for a look that is no use of the session, and does not keep it alive. */
async function authenticate(request: FastifyRequest, options: AppOptions, touch: boolean): Promise<Caller> {
  const bearer = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1];
  if (bearer !== undefined)
    return { actor: isSame(bearer, options.operatorToken) ? operatorActor : await options.access.actorOfToken(bearer) };
  // Also without a session: another page must not sign a browser in as someone of its own choice.
  refuseForeignOrigin(request);
  const secret = request.cookies[sessionCookie];
  if (!secret) return {};
  return (await options.access.userOfSession(secret, touch)) ?? {};
}

/** Takes as long for a wrong secret as for a nearly right one. */
function isSame(given: string, secret: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(secret));
}

/** A cookie travels with requests that other pages make; the browser says which page asked. */
function refuseForeignOrigin(request: FastifyRequest): void {
  const { origin } = request.headers;
  if (origin === undefined || request.method === 'GET' || request.method === 'HEAD') {
    if (request.headers.upgrade === undefined) return;
  }
  if (origin !== undefined && URL.parse(origin)?.host !== request.host) throw httpErrors.ORIGIN_REFUSED({ origin });
}

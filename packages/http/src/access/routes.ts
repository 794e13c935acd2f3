import { isAllowed, permissionTable, roles } from '@millwright/kernel';
import { z } from 'zod';
import { type App, sessionCookie, signedInActor } from '../app.ts';
import { httpErrors } from '../errors.ts';
import type { AccessService } from './service.ts';

const role = z.enum(roles);
const siteIds = z.array(z.uuid()).nullable();
const user = z.object({
  id: z.string(),
  name: z.string(),
  displayName: z.string(),
  role,
  siteIds,
  language: z.string().nullable(),
  mustChangePassword: z.boolean(),
  lockedUntil: z.string().nullable(),
  disabled: z.boolean(),
  createdAt: z.string(),
});
const token = z.object({
  id: z.string(),
  name: z.string(),
  role,
  scopes: z.array(z.string()),
  siteIds,
  createdBy: z.string(),
  createdAt: z.string(),
  expiresAt: z.string().nullable(),
  lastUsedAt: z.string().nullable(),
  revokedAt: z.string().nullable(),
});
/** Tells a browser that its user has signed in from before; it opens nothing by itself. */
const deviceCookie = 'millwright_device';
const idParams = z.object({ id: z.string().min(1) });
const tags = ['access'];

export function accessRoutes(app: App, access: AccessService): void {
  app.post(
    '/api/session',
    {
      config: { public: true },
      schema: {
        tags,
        body: z.object({ name: z.string().min(1).max(200), password: z.string().min(1).max(1000) }),
        response: { 200: z.object({ user }) },
      },
    },
    async (request, reply) => {
      const { name, password } = request.body;
      const from = {
        userAgent: request.headers['user-agent'] ?? '',
        address: request.ip,
        device: request.cookies[deviceCookie],
      };
      const { secret, user: signedIn, device } = await access.signIn(name, password, from);
      const kept = { httpOnly: true, sameSite: 'strict', secure: request.protocol === 'https' } as const;
      reply.setCookie(sessionCookie, secret, { ...kept, path: '/' });
      if (device) reply.setCookie(deviceCookie, device, { ...kept, path: '/api/session', maxAge: 365 * 86_400 });
      return { user: signedIn };
    },
  );

  app.get(
    '/api/session',
    {
      config: { beforePasswordChange: true },
      schema: {
        tags,
        response: {
          200: z.object({
            user: user.nullable(),
            actor: z.object({ kind: z.string(), name: z.string(), role, permissions: z.array(z.string()) }),
          }),
        },
      },
    },
    async (request) => {
      const actor = signedInActor(request);
      const permissions = permissionTable()
        .map(({ name }) => name)
        .filter((name) => isAllowed(actor, name));
      return {
        user: request.user ?? null,
        actor: { kind: actor.kind, name: actor.name, role: actor.role, permissions },
      };
    },
  );

  app.delete(
    '/api/session',
    { config: { beforePasswordChange: true }, schema: { tags, response: { 204: z.null() } } },
    async (request, reply) => {
      const secret = request.cookies[sessionCookie];
      if (!secret) throw httpErrors.SIGN_IN_REQUIRED({});
      await access.signOut(secret, signedInActor(request));
      reply.clearCookie(sessionCookie, { path: '/' }).code(204);
      return null;
    },
  );

  app.put(
    '/api/session/password',
    {
      config: { beforePasswordChange: true },
      schema: {
        tags,
        body: z.object({ current: z.string().max(1000), next: z.string().max(1000) }),
        response: { 204: z.null() },
      },
    },
    async (request, reply) => {
      const secret = request.cookies[sessionCookie];
      if (!secret) throw httpErrors.SIGN_IN_REQUIRED({});
      await access.changePassword(signedInActor(request), request.body.current, request.body.next, secret);
      reply.code(204);
      return null;
    },
  );

  app.put(
    '/api/session/language',
    { schema: { tags, body: z.object({ language: z.enum(['en', 'zh-CN', 'zh-TW']) }), response: { 204: z.null() } } },
    async (request, reply) => {
      await access.setLanguage(signedInActor(request), request.body.language);
      reply.code(204);
      return null;
    },
  );

  app.get(
    '/api/access/users',
    { schema: { tags, response: { 200: z.object({ items: z.array(user) }) } } },
    async (request) => ({
      items: await access.users(signedInActor(request)),
    }),
  );

  app.post(
    '/api/access/users',
    {
      schema: {
        tags,
        body: z.object({
          name: z.string().trim().min(1).max(80),
          displayName: z.string().max(120).default(''),
          role,
          siteIds: siteIds.default(null),
          language: z.string().optional(),
        }),
        response: { 201: z.object({ user, password: z.string() }) },
      },
    },
    async (request, reply) => {
      reply.code(201);
      return access.createUser(signedInActor(request), request.body);
    },
  );

  app.patch(
    '/api/access/users/:id',
    {
      schema: {
        tags,
        params: idParams,
        body: z.object({
          displayName: z.string().max(120).optional(),
          role: role.optional(),
          siteIds: siteIds.optional(),
          language: z.string().optional(),
          disabled: z.boolean().optional(),
          unlock: z.boolean().optional(),
        }),
        response: { 200: z.object({ user }) },
      },
    },
    async (request) => ({ user: await access.changeUser(signedInActor(request), request.params.id, request.body) }),
  );

  app.post(
    '/api/access/users/:id/password-reset',
    { schema: { tags, params: idParams, response: { 200: z.object({ password: z.string() }) } } },
    async (request) => access.resetPassword(signedInActor(request), request.params.id),
  );

  app.get(
    '/api/access/permissions',
    {
      schema: {
        tags,
        response: { 200: z.object({ items: z.array(z.object({ name: z.string(), roles: z.array(role) })) }) },
      },
    },
    async () => ({
      items: permissionTable(),
    }),
  );

  app.get(
    '/api/access/tokens',
    { schema: { tags, response: { 200: z.object({ items: z.array(token) }) } } },
    async (request) => ({
      items: await access.tokens(signedInActor(request)),
    }),
  );

  app.post(
    '/api/access/tokens',
    {
      schema: {
        tags,
        body: z.object({
          name: z.string().trim().min(1).max(80),
          role,
          scopes: z.array(z.string().min(1)).min(1),
          siteIds: siteIds.default(null),
          expiresAt: z.iso.datetime({ offset: true }).nullable().default(null),
        }),
        response: { 201: z.object({ token, secret: z.string() }) },
      },
    },
    async (request, reply) => {
      reply.code(201);
      return access.createToken(signedInActor(request), request.body);
    },
  );

  app.delete(
    '/api/access/tokens/:id',
    { schema: { tags, params: idParams, response: { 204: z.null() } } },
    async (request, reply) => {
      await access.revokeToken(signedInActor(request), request.params.id);
      reply.code(204);
      return null;
    },
  );
}

import { missingCapabilities } from '@millwright/db';
import { type App, signedInActor } from '@millwright/http';
import { configFields, definePermissions, type Host, noteSchema, requirePermission } from '@millwright/kernel';
import { z } from 'zod';

definePermissions({ 'system.status.read': ['engineer', 'auditor'] });

/** Settings that hold an address with a password are shown without it. */
const shown = (value: unknown): unknown =>
  typeof value === 'string' ? value.replace(/\/\/([^:@/]+):[^@/]*@/, '//$1:***@') : value;

export function systemRoutes(app: App, host: Host, facts: { version: string; startedAt: Date }): void {
  app.get(
    '/api/health',
    {
      config: { public: true },
      schema: { tags: ['system'], response: { 200: z.object({ status: z.literal('ok'), version: z.string() }) } },
    },
    async () => {
      await host.db.query('select 1');
      return { status: 'ok' as const, version: facts.version };
    },
  );
  app.get(
    '/api/system',
    {
      schema: {
        tags: ['system'],
        response: {
          200: z.object({
            version: z.string(),
            startedAt: z.string(),
            database: z.object({ kind: z.string(), version: z.string(), missing: z.array(noteSchema) }),
            bus: z.object({ url: z.string() }),
            memoryBytes: z.number(),
            settings: z.array(
              z.object({
                key: z.string(),
                value: z.unknown(),
                default: z.unknown(),
                reason: z.string(),
                unit: z.string().optional(),
                environment: z.string(),
                flag: z.string(),
              }),
            ),
          }),
        },
      },
    },
    async (request) => {
      requirePermission(signedInActor(request), 'system.status.read');
      const { capabilities, kind } = host.db;
      return {
        version: facts.version,
        startedAt: facts.startedAt.toISOString(),
        database: { kind, version: capabilities.version, missing: missingCapabilities(capabilities) },
        bus: { url: String(shown(host.bus.url)) },
        memoryBytes: process.memoryUsage.rss(),
        settings: configFields().map((field) => ({ ...field, value: shown(host.config[field.key]) })),
      };
    },
  );
}

import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fastifyStatic from '@fastify/static';
import type { App } from '@millwright/http';

const dist = fileURLToPath(new URL('../../console/dist/', import.meta.url));

/** Serves the built console; every path that is no file and no API is the console's own. */
export async function serveConsole(app: App): Promise<void> {
  if (!existsSync(dist)) {
    app.get('/', { schema: { hide: true } }, async (_request, reply) =>
      reply.type('text/plain').send('The console is not built yet: run `npm run build`, or start with `npm start`.'),
    );
    return;
  }
  await app.register(fastifyStatic, {
    root: dist,
    preCompressed: true,
    setHeaders(reply, path) {
      // Vite puts a content hash in the name of everything under assets/.
      reply.header('cache-control', path.includes('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache');
    },
  });
  app.setNotFoundHandler((request, reply) => {
    const wantsPage =
      request.method === 'GET' && !request.url.startsWith('/api/') && !request.url.startsWith('/assets/');
    if (wantsPage) return reply.header('cache-control', 'no-cache').sendFile('index.html');
    return reply.code(404).send({
      error: { code: 'ROUTE_UNKNOWN', message: `There is no ${request.method} ${request.url}.`, details: {} },
    });
  });
}

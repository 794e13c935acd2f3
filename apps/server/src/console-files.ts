import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fastifyStatic from '@fastify/static';
import { type App, httpErrors } from '@millwright/http';

const dist = fileURLToPath(new URL('../../console/dist/', import.meta.url));

/** Serves the built console; every path that is no file and no API is the console's own. */
export async function serveConsole(app: App, folder = dist): Promise<void> {
  if (!existsSync(folder)) {
    app.get('/', { schema: { hide: true } }, async (_request, reply) =>
      reply.type('text/plain').send('The console is not built yet: run `npm run build`, or start with `npm start`.'),
    );
    return;
  }
  await app.register(fastifyStatic, {
    root: folder,
    preCompressed: true,
    // One route per file, which leaves `/*` to the console's own paths.
    wildcard: false,
    setHeaders(reply, path) {
      // Vite puts a content hash in the name of everything under assets/.
      reply.header('cache-control', path.includes('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache');
    },
  });
  app.get('/*', { schema: { hide: true } }, async (request, reply) => {
    if (request.url.startsWith('/api/') || request.url.startsWith('/assets/'))
      throw httpErrors.ROUTE_UNKNOWN({ method: request.method, path: request.url });
    return reply.header('cache-control', 'no-cache').sendFile('index.html');
  });
}

import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fastifyStatic from '@fastify/static';
import { type App, contentSecurityPolicy, httpErrors } from '@millwright/http';

const dist = fileURLToPath(new URL('../../console/dist/', import.meta.url));

/** Serves the built console; every path that is no file and no API is the console's own. */
export async function serveConsole(app: App, folder = dist): Promise<void> {
  if (!existsSync(folder)) {
    app.get('/', { schema: { hide: true } }, async (_request, reply) =>
      reply.type('text/plain').send('The console is not built yet: run `npm run build`, or start with `npm start`.'),
    );
    return;
  }
  const policy = contentSecurityPolicy(inlineScripts(readFileSync(join(folder, 'index.html'), 'utf8')));
  await app.register(fastifyStatic, {
    root: folder,
    preCompressed: true,
    // One route per file, which leaves `/*` to the console's own paths.
    wildcard: false,
    setHeaders(reply, path) {
      if (/\.html(\.\w+)?$/.test(path)) reply.header('content-security-policy', policy);
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

/** SHA-256 of the scripts that stand in the page itself, for they run before any file is loaded. */
function inlineScripts(html: string): string[] {
  return [...html.matchAll(/<script>([\s\S]*?)<\/script>/g)].map(([, script]) =>
    createHash('sha256').update(script!).digest('base64'),
  );
}

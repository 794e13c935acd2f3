// `npm start`: installs what is missing, builds the console if it is out of date, starts the server.
import { spawn } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { installWhatIsMissing, node, root, run } from './install.mjs';

installWhatIsMissing();

const newest = (folder) =>
  readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .reduce((latest, entry) => Math.max(latest, statSync(join(entry.parentPath ?? entry.path, entry.name)).mtimeMs), 0);

const built = join(root, 'apps/console/dist/index.html');
if (!existsSync(built) || statSync(built).mtimeMs < newest(join(root, 'apps/console/src'))) {
  process.stderr.write('Building the console …\n');
  const status = run('npx', ['vite', 'build', 'apps/console', '--logLevel', 'warn'], { stdio: ['ignore', 2, 2] });
  if (status !== 0) process.exit(status);
}

// Loading hundreds of small modules lets V8 grow its young generation to 100 MB and keep it; the server needs a tenth of that.
const memory = '--max-semi-space-size=8';
const server = spawn(node, [memory, 'apps/server/src/main.ts', ...process.argv.slice(2)], {
  cwd: root,
  stdio: 'inherit',
  env: {
    // What was stripped and compiled once is read at the next start, which then needs half the time and 30 MB less.
    NODE_COMPILE_CACHE: join(root, 'node_modules', '.cache', 'millwright', 'compiled'),
    // Compiling PostgreSQL's WebAssembly takes 500 MB for a second; glibc gives it back only when told not to keep arenas.
    MALLOC_ARENA_MAX: '1',
    MALLOC_TRIM_THRESHOLD_: '131072',
    ...process.env,
  },
});
// A terminal sends Ctrl-C to the whole group, so the server has it already; a supervisor signals only this process.
process.on('SIGINT', () => undefined);
process.on('SIGTERM', () => server.kill('SIGTERM'));
server.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 1)));

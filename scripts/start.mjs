// `npm start`: installs what is missing, builds the console if it is out of date, starts the server.
import { spawn } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { installWhatIsMissing, node, root, run } from './install.mjs';
import { serverEnvironment, serverFlags } from './server-process.mjs';

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

const server = spawn(node, [...serverFlags, 'apps/server/src/main.ts', ...process.argv.slice(2)], {
  cwd: root,
  stdio: 'inherit',
  env: { ...serverEnvironment, ...process.env },
});
// A terminal sends Ctrl-C to the whole group, so the server has it already; a supervisor signals only this process.
process.on('SIGINT', () => undefined);
process.on('SIGTERM', () => server.kill('SIGTERM'));
server.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 1)));

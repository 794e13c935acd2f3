import { spawn } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const module = fileURLToPath(new URL('./leave.ts', import.meta.url));
const answers = `import { leave } from ${JSON.stringify(module)};
  process.stdout.write('x'.repeat(1_000_000) + '\\n');
  await leave(3);`;

const start = () =>
  spawn(process.execPath, ['--input-type=module', '-e', answers], { stdio: ['ignore', 'pipe', 'pipe'] });
const ended = (child: ReturnType<typeof start>) =>
  new Promise<number | null>((resolve) => child.on('exit', (status) => resolve(status)));

it('leaves with its status only when a slow reader of the pipe has everything', async () => {
  const child = start();
  const status = ended(child);
  await delay(300);
  let size = 0;
  for await (const chunk of child.stdout) size += (chunk as Buffer).length;
  expect(size).toBe(1_000_001);
  expect(await status).toBe(3);
});

it('leaves without a word when the reader closed the pipe', async () => {
  const child = start();
  let complaints = '';
  child.stderr.on('data', (text) => {
    complaints += text;
  });
  child.stdout.destroy();
  expect(await ended(child)).toBe(3);
  expect(complaints).toBe('');
});

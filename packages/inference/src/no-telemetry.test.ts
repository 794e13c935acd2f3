import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';

const run = promisify(execFile);
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'millwright-telemetry-'));
});
afterAll(() => rm(folder, { recursive: true }));

/** As a user starts it: where ONNX Runtime sees that it is being tested, it keeps still by itself. */
const asUser = () => ({ PATH: process.env.PATH, HOME: folder, XDG_CACHE_HOME: join(folder, 'cache'), TMPDIR: folder });
const inference = new URL('./index.ts', import.meta.url).href;

it.each([
  ['in the process itself', 'openDetector'],
  ['on a thread', 'openDetectorPool'],
])('a network that is opened %s leaves nothing about this machine behind', async (_, open) => {
  const program = `
    import { ${open} } from ${JSON.stringify(inference)};
    const detector = await ${open}({ model: 'nanodet', cache: ${JSON.stringify(join(folder, 'networks'))} });
    const { width, height } = detector.inputFor(640, 480);
    const [found] = await detector.detect([{ width, height, format: 'rgb24', data: new Uint8Array(width * height * 3), scaleX: 1, scaleY: 1, offsetX: 0, offsetY: 0 }]);
    console.log('looked', Array.isArray(found));
    await detector.close();`;
  await writeFile(join(folder, 'program.mjs'), program);
  const { stdout } = await run(process.execPath, [join(folder, 'program.mjs')], { env: asUser() });
  expect(stdout.trim()).toBe('looked true');
  expect((await readdir(folder)).sort()).toEqual(['networks', 'program.mjs']);
});

it('ONNX Runtime is loaded in one place only', async () => {
  const source = fileURLToPath(new URL('.', import.meta.url));
  const files = (await readdir(source, { recursive: true })).filter((name) => name.endsWith('.ts'));
  const loading = [];
  for (const name of files)
    if ((await readFile(join(source, name), 'utf8')).includes(`from '${'onnxruntime-node'}'`)) loading.push(name);
  expect(loading).toEqual(['onnx-runtime.ts']);
});

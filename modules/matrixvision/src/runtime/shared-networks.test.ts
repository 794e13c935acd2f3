import { readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Detector, openDetectorPool, usualIsolation } from '@millwright/inference';
import { constantNetwork, testCard } from '@millwright/inference/test-support';
import { expect, it, onTestFinished, vi } from 'vitest';
import { SharedNetworks } from './shared-networks.ts';

const lingerMs = 300;
const soon = (look: () => void) => vi.waitFor(look, { timeout: 20_000, interval: 20 });

/** Counts those that are open instead of opening anything. */
function counted() {
  const users = new Set<string>();
  let [opened, closed] = [0, 0];
  const networks = new SharedNetworks<{ close(): Promise<void>; readonly name: string }>({
    lingerMs,
    isUsed: (name) => users.has(name),
    async open(name) {
      opened += 1;
      if (name === 'broken') throw new Error('it does not open');
      const close = async () => {
        closed += 1;
      };
      return { name, close };
    },
  });
  return { networks, users, figures: () => ({ opened, closed }) };
}

it('is opened once for all, stays while somebody is set to it, and is closed after the last one left', async () => {
  const { networks, users, figures } = counted();
  users.add('nanodet').add('centernet');
  const all = await Promise.all(['nanodet', 'nanodet', 'centernet'].map((name) => networks.get(name)));
  expect(all[0]).toBe(all[1]);
  users.delete('centernet');
  networks.usersChanged();
  expect(networks.names).toEqual(['nanodet', 'centernet']);
  await soon(() => expect(figures()).toEqual({ opened: 2, closed: 1 }));
  expect(networks.names).toEqual(['nanodet']);
  // It is there again for who comes back.
  users.add('centernet');
  await networks.get('centernet');
  expect(figures()).toEqual({ opened: 3, closed: 1 });
});

it('is not closed under a camera that is away for a moment', async () => {
  const { networks, users, figures } = counted();
  users.add('nanodet');
  const before = await networks.get('nanodet');
  users.delete('nanodet');
  networks.usersChanged();
  users.add('nanodet');
  networks.usersChanged();
  await new Promise((resolve) => setTimeout(resolve, lingerMs * 2));
  expect(await networks.get('nanodet')).toBe(before);
  expect(figures()).toEqual({ opened: 1, closed: 0 });
});

it('that is asked for once by nobody in particular is closed as well, and one that does not open is asked for again', async () => {
  const { networks, figures } = counted();
  await networks.get('movenet');
  await soon(() => expect(figures()).toEqual({ opened: 1, closed: 1 }));
  for (const opened of [2, 3]) {
    await expect(networks.get('broken')).rejects.toThrow('does not open');
    expect(figures().opened).toBe(opened);
  }
  expect(networks.names).toEqual([]);
});

/** Processes that this one started, by what they run. */
function childProcesses(): string[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      try {
        const parent = /\) \S (\d+) /.exec(readFileSync(`/proc/${pid}/stat`, 'utf8'))?.[1];
        return Number(parent) === process.pid ? [readFileSync(`/proc/${pid}/cmdline`, 'utf8')] : [];
      } catch {
        return []; // It has ended meanwhile.
      }
    })
    .filter((command) => command.includes('detector-worker'));
}

it.runIf(process.platform === 'linux')(
  'of a user runs in processes of its own, which end after the last camera left it',
  async () => {
    const cache = await mkdtemp(join(tmpdir(), 'millwright-networks-'));
    onTestFinished(() => rm(cache, { recursive: true }));
    await writeFile(
      join(cache, 'network.onnx'),
      constantNetwork({ output: { dims: [1, 1, 6], data: [8, 8, 24, 24, 0.9, 1] } }),
    );
    const model = join(cache, 'card.json');
    await writeFile(model, JSON.stringify({ ...testCard, output: { family: 'yolo', form: 'end-to-end' } }));
    let used = true;
    const networks = new SharedNetworks<Detector>({
      lingerMs,
      isUsed: () => used,
      open: (name, onLost) => openDetectorPool({ model: name, cache, workers: 2, isolation: usualIsolation, onLost }),
    });
    const detector = await networks.get(model);
    const place = { width: 64, height: 64, scaleX: 1, scaleY: 1, offsetX: 0, offsetY: 0 };
    const grey = { ...place, format: 'rgb24' as const, data: new Uint8Array(64 * 64 * 3).fill(100) };
    expect((await detector.detect([grey]))[0]).toHaveLength(1);
    expect(childProcesses()).toHaveLength(2);
    used = false;
    networks.usersChanged();
    await soon(() => expect(childProcesses()).toEqual([]));
    expect(networks.names).toEqual([]);
  },
  60_000,
);

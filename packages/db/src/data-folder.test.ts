import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { folderHolder, lockFolder } from './index.ts';

const holder = fileURLToPath(new URL('./fixtures/hold-folder.ts', import.meta.url));
const node = process.execPath;

describe('the lock on the data folder', () => {
  let folder: string;
  const children: ChildProcess[] = [];
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'millwright-lock-'));
  });
  afterEach(async () => {
    for (const child of children.splice(0)) await kill(child);
    rmSync(folder, { recursive: true, force: true });
  });

  /** Starts a process that tries to take the folder; resolves to what it says. */
  async function start(at?: number): Promise<{ child: ChildProcess; says: string }> {
    const child = spawn(node, [holder, folder, ...(at === undefined ? [] : [String(at)])], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    children.push(child);
    const [line] = (await once(child.stdout!, 'data')) as [Buffer];
    return { child, says: String(line).trim() };
  }

  async function kill(child: ChildProcess): Promise<void> {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const exited = once(child, 'exit');
    child.kill('SIGKILL');
    await exited;
  }

  it('refuses a second server and says which process holds the folder and what to do', async () => {
    const { child, says } = await start();
    expect(says).toBe('holds');
    expect(() => lockFolder(folder)).toThrow(
      `The data folder ${folder} is held by another server (process ${child.pid}). Stop that server first, or start this one on another folder with --data DIR.`,
    );
  });

  it('tells the command line where the holder listens, in a file that only its owner can read', async () => {
    const { child } = await start();
    expect(folderHolder(folder)).toMatchObject({
      pid: child.pid,
      url: 'http://127.0.0.1:1',
      operatorToken: 'operator_token',
    });
    expect(statSync(join(folder, 'lock.json')).mode & 0o777).toBe(0o600);
  });

  it('says why a folder cannot be used', () => {
    const file = join(folder, 'file');
    writeFileSync(file, '');
    expect(() => lockFolder(file)).toThrow(`The data folder ${file} cannot be used: it is a file.`);
    expect(() => lockFolder(join(file, 'below'))).toThrow('cannot be used: a part of the path is a file.');
    const made = lockFolder(join(folder, 'not yet', '厂'));
    expect(readdirSync(join(folder, 'not yet', '厂'))).toEqual(['lock.json']);
    made.release();
  });

  // Where Node's own recursive mkdir never returns.
  it.skipIf(!existsSync('/proc/self'))('says so also where the system makes no folders', () => {
    expect(() => lockFolder('/proc/millwright/data')).toThrow('cannot be used: it cannot be created there.');
  });

  it('is given back by a server that stops', async () => {
    const { child } = await start();
    const exited = once(child, 'exit');
    child.stdin!.write('leave\n');
    await exited;
    expect(readdirSync(folder)).toEqual([]);
    lockFolder(folder).release();
  });

  it('is taken over at once from a process that was killed', async () => {
    const { child } = await start();
    await kill(child);
    expect(existsSync(join(folder, 'lock.json'))).toBe(true);
    expect(folderHolder(folder)).toBeUndefined();
    const lock = lockFolder(folder);
    expect(folderHolder(folder)?.pid).toBe(process.pid);
    lock.release();
  });

  it.skipIf(process.platform !== 'linux')(
    'is not mistaken for held because its process number lives on in another',
    () => {
      writeFileSync(join(folder, 'lock.json'), JSON.stringify({ pid: process.pid, processStart: '1' }));
      lockFolder(folder).release();
    },
  );

  it('is taken over when a full disk or a kill left it half written', () => {
    writeFileSync(join(folder, 'lock.json'), '{"pid":');
    lockFolder(folder).release();
  });

  it('goes to exactly one of several that start together', async () => {
    const at = Date.now() + 1200;
    const answers = await Promise.all([1, 2, 3, 4].map(() => start(at)));
    expect(answers.filter(({ says }) => says === 'holds')).toHaveLength(1);
    expect(answers.filter(({ says }) => says.startsWith('refused'))).toHaveLength(3);
  });

  it('goes to exactly one of several that find the lock of a killed process together', async () => {
    for (let round = 0; round < 3; round += 1) {
      writeFileSync(join(folder, 'lock.json'), JSON.stringify({ pid: 2 ** 22 + 1, processStart: '' }));
      const at = Date.now() + 1200;
      const answers = await Promise.all([1, 2, 3, 4].map(() => start(at)));
      expect(answers.filter(({ says }) => says === 'holds')).toHaveLength(1);
      for (const { child } of answers) await kill(child);
    }
  });

  it('given back twice does not take it from the next holder', async () => {
    const first = lockFolder(folder);
    first.release();
    const second = lockFolder(folder);
    first.release();
    expect(folderHolder(folder)?.pid).toBe(process.pid);
    second.release();
  });
});

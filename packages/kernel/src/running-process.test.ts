import { spawn } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { isRunning, startOfProcess } from './running-process.ts';

describe('isRunning', () => {
  it('knows a process by its pid and its start', () => {
    const start = startOfProcess(process.pid);
    expect(isRunning(process.pid, start)).toBe(true);
    expect(isRunning(process.pid, '')).toBe(true);
    if (start) expect(isRunning(process.pid, `${start}1`)).toBe(false);
    expect(isRunning(2 ** 22 + 1, '')).toBe(false);
  });

  it.runIf(process.platform === 'linux')(
    'takes for ended what was killed and waits for its parent to ask',
    async () => {
      // The shell becomes a program that never asks for the status of the child that it had.
      const parent = spawn('sh', ['-c', 'sleep 60 & echo $!; exec sleep 60']);
      const pid = Number(await new Promise((resolve) => parent.stdout.once('data', resolve)));
      const start = startOfProcess(pid);
      expect(isRunning(pid, start)).toBe(true);
      process.kill(pid, 'SIGKILL');
      await expect.poll(() => isRunning(pid, start)).toBe(false);
      // Its pid is still taken.
      expect(() => process.kill(pid, 0)).not.toThrow();
      parent.kill('SIGKILL');
    },
  );
});

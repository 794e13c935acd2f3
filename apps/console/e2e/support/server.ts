import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { copyTemplateCluster } from '@millwright/testkit/cluster';

const root = fileURLToPath(new URL('../../../../', import.meta.url));

export interface RunningServer {
  readonly url: string;
  /** Its data, for the command line. */
  readonly folder: string;
  /** Of `admin`, as it was printed at the first start. */
  readonly oneTimePassword: string;
  stop(): Promise<void>;
}

interface ServerOptions {
  /** With the sample plant; else an empty one. */
  readonly sample?: boolean;
  /** Settings beside those of every test, as `--setting value`. */
  readonly flags?: readonly string[];
}

/**
 * Starts the server as a person would, on a folder of its own, and reads what it prints. An empty one finds an empty
 * database cluster there, whose making takes seconds; with the sample plant it makes that too, as a first start does.
 */
export async function startServer({ sample = false, flags: more = [] }: ServerOptions = {}): Promise<RunningServer> {
  const folder = mkdtempSync(join(tmpdir(), 'millwright-console-'));
  const flags = ['--data', folder, '--port', '0', '--mqtt-port', '0', '--log-level', 'error', ...more];
  if (!sample) await copyTemplateCluster(join(folder, 'database'));
  const child = spawn(process.execPath, ['apps/server/src/main.ts', ...flags, ...(sample ? [] : ['--empty'])], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const printed = await untilReady(child);
  return {
    folder,
    url: /http:\/\/\S+/.exec(printed)![0],
    oneTimePassword: /^Password\s+(\S+)/m.exec(printed)?.[1] ?? '',
    async stop() {
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGTERM');
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function untilReady(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let out = '';
    let problems = '';
    child.stdout!.on('data', (chunk) => {
      out += chunk;
      if (out.includes('Ready.')) resolve(out);
    });
    child.stderr!.on('data', (chunk) => {
      problems += chunk;
    });
    child.once('exit', (code) => reject(new Error(`the server ended with ${code}: ${problems}`)));
  });
}

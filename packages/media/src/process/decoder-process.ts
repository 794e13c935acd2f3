/**
 * The media process: the only place where FFmpeg (through node-av, a GPL build) is loaded. It is started by
 * media-process.ts, takes one command a line on its standard input, and reports on file descriptor 3. It ends when its
 * standard input does, so it never outlives the process that asked for it.
 */
import { createInterface } from 'node:readline';
import { AV_LOG_ERROR } from 'node-av/constants';
import { Log } from 'node-av/lib';
import type { Command } from '../wire/commands.ts';
import { makeClip } from './clip.ts';
import { DecodeSession } from './decode-session.ts';
import { failureOf } from './failure.ts';
import { makePicture } from './picture.ts';
import { probe } from './probe.ts';
import { Reporter } from './reporter.ts';

const reporter = new Reporter(3);
let session: DecodeSession | undefined;
Log.setLevel(AV_LOG_ERROR);

async function finish(): Promise<never> {
  await reporter.flush();
  process.exit(0);
}

/** For what is asked once: reports the result and ends. A failure is reported by `obey`. */
async function answer(result: Promise<unknown>): Promise<void> {
  reporter.report({ type: 'done', result: await result });
  await finish();
}

async function work(command: Command): Promise<void> {
  switch (command.do) {
    case 'open':
      session = new DecodeSession(command, reporter);
      await session.run();
      return;
    case 'probe':
      return answer(probe(command.input));
    case 'clip':
      return answer(makeClip(command));
    case 'picture':
      return answer(makePicture(command));
    case 'credit':
      return session?.credit(command.frames);
    case 'change':
      return session?.change(command);
    case 'views':
      return session?.views(command.id, command.frame, command.specs);
    case 'jpeg':
      return session?.jpeg(command.id, command.frame, command);
    case 'record':
    case 'keep':
    case 'watch':
      return session?.command(command);
    case 'close':
      await session?.close();
      return finish();
  }
}

async function obey(line: string): Promise<void> {
  const command = JSON.parse(line) as Command;
  try {
    await work(command);
  } catch (error) {
    const failure = failureOf(error, 'this video');
    if ('id' in command) reporter.report({ type: 'refused', id: command.id, failure });
    else reporter.report({ type: 'failed', failure });
  }
}

// Ctrl-C at a terminal reaches every process of the command. This one ends with whoever asked for it, who may still want
// the last pictures and the end of a recording.
process.on('SIGINT', () => undefined);

const lines = createInterface({ input: process.stdin });
lines.on('line', obey);
// Whoever asked for this is gone: what was recorded is put away, and nothing else is left to do.
lines.on('close', async () => {
  await session?.close().catch(() => undefined);
  process.exit(0);
});

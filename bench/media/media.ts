import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { openVideo } from '@millwright/media';
import { renderVideo } from '@millwright/media/test-support';
import { atLeast, type Benchmark, below, type Figure } from '../lib/benchmark.ts';
import { processUsage } from '../lib/process-usage.ts';
import { round } from '../lib/statistics.ts';
import { temporaryFolder } from '../lib/temporary-folder.ts';

interface Run {
  readonly frames: number;
  readonly seconds: number;
  /** Of all processes that take part. */
  readonly cpuSeconds: number;
}

const peer = fileURLToPath(new URL('./plain-peer.ts', import.meta.url));

/** The frames of a file as an analysis gets them: decoded in a process of its own, looks and views handed over. */
async function ours(file: string, width: number, height: number): Promise<Run> {
  const views = width > 0 ? [{ width, height, format: 'rgb24' as const, fit: 'stretch' as const }] : [];
  const video = await openVideo({ url: file, views, hardware: 'off' });
  const [own, child] = [process.cpuUsage(), processUsage(video.pid!)];
  const began = performance.now();
  let frames = 0;
  let childCpu = 0;
  for await (const _ of video.frames()) {
    frames++;
    if (frames % 50 === 0) childCpu = processUsage(video.pid!)?.cpuSeconds ?? childCpu;
  }
  const seconds = (performance.now() - began) / 1000;
  const { user, system } = process.cpuUsage(own);
  return { frames, seconds, cpuSeconds: (user + system) / 1e6 + childCpu - (child?.cpuSeconds ?? 0) };
}

async function plain(file: string, width: number, height: number): Promise<Run> {
  const { stdout } = await promisify(execFile)(process.execPath, [peer, file, String(width), String(height)]);
  return JSON.parse(stdout) as Run;
}

const rate = ({ frames, seconds }: Run): number => frames / seconds;
const cpuPerFrame = ({ frames, cpuSeconds }: Run): number => (1000 * cpuSeconds) / frames;

async function best(rounds: number, run: () => Promise<Run>): Promise<Run> {
  const runs = [];
  for (let round = 0; round < rounds; round++) runs.push(await run());
  return runs.reduce((a, b) => (rate(a) >= rate(b) ? a : b));
}

export const media: Benchmark = {
  name: 'media',
  summary: 'frames a second from a decoder process, against node-av alone in one process; processor time a frame',
  duration: 'about a minute',
  options: [
    { name: 'video', default: '', summary: 'a video file; without it one is rendered: MPEG-4, 768x576, 800 frames' },
    { name: 'width', default: '512', summary: 'width of the picture that is handed over beside the look' },
    { name: 'height', default: '384', summary: 'its height' },
    { name: 'rounds', default: '3', summary: 'the best of so many counts' },
  ],
  async run(context) {
    const [width, height, rounds] = [context.number('width'), context.number('height'), context.number('rounds')];
    const path = `${temporaryFolder(context)}/video.avi`;
    const file =
      context.option('video') || (await renderVideo({ path, encoder: 'mpeg4', width: 768, height: 576, frames: 800 }));
    context.note('decoding');
    const look = await best(rounds, () => ours(file, 0, 0));
    const lookPeer = await best(rounds, () => plain(file, 0, 0));
    context.note('decoding and handing over pictures');
    const view = await best(rounds, () => ours(file, width, height));
    const viewPeer = await best(rounds, () => plain(file, width, height));
    const figures: Figure[] = [
      atLeast('decoded, with the look of each frame', round(rate(look)), 700, 'frames/s'),
      { name: 'the same by node-av alone', value: round(rate(lookPeer)), unit: 'frames/s' },
      { name: `with a ${width}x${height} RGB picture of each frame`, value: round(rate(view)), unit: 'frames/s' },
      { name: 'the same by node-av alone', value: round(rate(viewPeer)), unit: 'frames/s' },
      below(
        'processor time a frame for that picture, both processes (scaling and handing over)',
        round(cpuPerFrame(view) - cpuPerFrame(look), 2),
        1.5,
        'ms',
      ),
      {
        name: 'of it scaling, by node-av alone',
        value: round(cpuPerFrame(viewPeer) - cpuPerFrame(lookPeer), 2),
        unit: 'ms',
      },
    ];
    return {
      protocol: [
        'openVideo with delivery in turn, software decoder with two threads, from the first frame to the last; the start of the process is not counted.',
        'Node-av alone decodes with the same calls, scales in one step of swscale and throws the pictures away; nothing passes from one process to another.',
        `Best of ${rounds} rounds each; processor time from getrusage of this process and /proc of the decoder's.`,
      ],
      figures,
      compared: ['node-av 6.1, FFmpeg 8, in one process: the figures named so above, from the same run.'],
    };
  },
};

import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { hasRtspServer, type RtspServer, rtspServerPackages, startRtspServer } from '@millwright/media/test-support';
import type { Benchmark, BenchmarkContext } from '../lib/benchmark.ts';
import { CameraServer } from '../lib/camera-server.ts';
import { powerMeter } from '../lib/power.ts';
import { encodeFootage, type Footage, streamsOf } from './footage.ts';
import { judge, lineOf, streamLines, warmUpSeconds } from './judge.ts';
import { runPeer } from './peer.ts';
import { type Sample, Sampler } from './samples.ts';

const sampleEveryMs = 10_000;
const mostToStartMs = 120_000;

/** A line and a zone in each, as somebody would draw them who looks at nothing in particular. */
const rules = [
  {
    id: 'line',
    kind: 'line-crossing',
    line: [
      [0.5, 0.1],
      [0.5, 0.95],
    ],
  },
  {
    id: 'zone',
    kind: 'zone-entry',
    dwell: 2,
    cooldown: 30,
    zone: [
      [0.1, 0.3],
      [0.9, 0.3],
      [0.9, 0.95],
      [0.1, 0.95],
    ],
  },
];

async function untilAllStream(server: CameraServer): Promise<void> {
  for (const since = Date.now(); ; await delay(1000)) {
    const waiting = (await server.cameras()).filter(({ state }) => state.framesPerSecond === null);
    if (waiting.length === 0) return;
    if (Date.now() - since > mostToStartMs)
      throw new Error(`no pictures of ${waiting.map(({ name, state }) => `${name} (${state.message})`).join(', ')}`);
  }
}

async function measure(context: BenchmarkContext, sampler: Sampler, minutes: number): Promise<Sample[]> {
  const samples = [await sampler.take()];
  const until = samples[0]!.seconds + minutes * 60;
  while (samples.at(-1)!.seconds < until - 1) {
    await delay(sampleEveryMs);
    const sample = await sampler.take();
    context.note(lineOf(sample, samples.at(-1)!));
    if (context.option('log')) appendFileSync(context.option('log'), `${JSON.stringify(sample)}\n`);
    samples.push(sample);
  }
  return samples;
}

async function serve(footage: readonly Footage[], count: number): Promise<{ load: RtspServer; names: string[] }> {
  const streams = streamsOf(footage, count);
  return { load: await startRtspServer({ streams }), names: streams.map(({ name }) => name) };
}

export const streams: Benchmark = {
  name: 'streams',
  summary:
    'many RTSP streams (640x360, 25 frames/s) through the real server: all in real time, no growing lag, flat memory; streams per core',
  duration: '13 minutes',
  options: [
    { name: 'data', default: '', summary: 'folder with video/, whose footage is played (shared/data)' },
    { name: 'streams', default: '16', summary: 'how many' },
    { name: 'minutes', default: '10', summary: 'how long it is measured, after all streams have begun' },
    { name: 'peer-seconds', default: '60', summary: 'how long the plain pipeline is measured; 0: not at all' },
    { name: 'recording', default: 'event', summary: 'off, event or continuous' },
    { name: 'log', default: '', summary: 'file for all that is read every ten seconds, a JSON object a line' },
  ],
  async run(context) {
    if (!hasRtspServer()) throw new Error(`no RTSP server: apt install ${rtspServerPackages.join(' ')}`);
    const [count, minutes] = [context.number('streams'), context.number('minutes')];
    const footage = await encodeFootage(context, join(context.option('data'), 'video'));
    const { load, names } = await serve(footage, count);
    context.onEnd(() => load.close());
    const server = await CameraServer.start(context);
    const settings = { recording: { mode: context.option('recording') } };
    for (const [index, name] of names.entries()) await server.add(name, load.url(`/${index + 1}`), rules, settings);
    context.note(`${count} cameras added`);
    await untilAllStream(server);
    context.note('all streams have begun');
    const power = powerMeter();
    const samples = await measure(context, new Sampler(server, load.pid), minutes);
    const figures = judge(samples, count, power?.watts());
    for (const line of streamLines(samples.slice(1))) context.note(line);
    await server.server.stop();
    const seconds = context.number('peer-seconds');
    const urls = names.map((_, index) => load.url(`/${index + 1}`));
    const peer = seconds > 0 ? await runPeer(context, urls, seconds) : [];
    return {
      protocol: [
        `apps/server as npm start runs it, on an empty folder, with ${count} cameras added over HTTP: NanoDet, at most 5 detections/s, a line and a zone each, recording: ${context.option('recording')}.`,
        `GStreamer's RTSP server (a process of its own, over TCP) plays ${footage.map(({ name, kilobits }) => `${name} (${kilobits} kbit/s)`).join(', ')}, encoded once with x264 at 640x360, 25 pictures/s, a key frame a second; slower footage repeats its pictures, each with fresh noise of 1.5 grey levels.`,
        'Each stream begins elsewhere in its footage. Every 10 s the server is asked for the figures of the last ten seconds of each camera; a picture is analysed when its tracks and rules are, 10 of 25 a second.',
        'Lag: from the time in the stream (RTCP, the same clock) to the end of the analysis of the frame. Processor time and memory from /proc, of decoders in proportion where memory is shared.',
        `Memory is judged from ${warmUpSeconds} s on.`,
      ],
      figures,
      compared: peer,
    };
  },
};

import { setTimeout as delay } from 'node:timers/promises';
import { hasRtspServer, rtspServerPackages, startRtspServer } from '@millwright/media/test-support';
import { atLeast, type Benchmark, below } from '../lib/benchmark.ts';
import { CameraServer } from '../lib/camera-server.ts';
import { quantile, round } from '../lib/statistics.ts';
import { temporaryFolder } from '../lib/temporary-folder.ts';
import { drawWalk, middle } from './walk.ts';

/** Somebody crosses the line in the scene. */
interface Moment {
  /** Milliseconds since 1970. */
  readonly at: number;
  /** When the console was told of the event, and when it got the first boxes of that moment or later. */
  eventAt?: number;
  /** When the server stored the event. */
  storedAt?: number;
  boxAt?: number;
}

/** An event is that of a crossing when its own time is no further off. */
const sameMs = 800;
const mostMs = 700;
const mostToWaitMs = 5_000;

const median = (values: readonly number[]) => round(quantile(values, 0.5));
const p95 = (values: readonly number[]) => round(quantile(values, 0.95));

export const latency: Benchmark = {
  name: 'latency',
  summary:
    'from the moment in a scene to the event in the console, and to its box, on a live RTSP stream (median below 700 ms)',
  duration: '2 minutes',
  options: [
    { name: 'events', default: '30', summary: 'how many crossings are measured' },
    { name: 'beside', default: '0', summary: 'further cameras that watch the same scene meanwhile' },
  ],
  async run(context) {
    if (!hasRtspServer()) throw new Error(`no RTSP server: apt install ${rtspServerPackages.join(' ')}`);
    context.note('drawing the scene');
    const walk = await drawWalk(temporaryFolder(context));
    const [wanted, beside] = [context.number('events'), context.number('beside')];
    const moments: Moment[] = [];
    /** What crosses earlier is not measured. */
    let since = Number.POSITIVE_INFINITY;
    const live = { file: walk.file, frameRate: walk.frameRate, live: true };
    const load = await startRtspServer({
      streams: [
        { ...live, path: '/walk', marks: walk.frames },
        ...Array.from({ length: beside }, (_, index) => ({ ...live, path: `/${index}`, startAt: 25 * (1 + index) })),
      ],
      onMark({ frame, at }) {
        const seconds = walk.crossings[walk.frames.indexOf(frame)]!;
        const crossedAt = at - 1000 * (frame / walk.frameRate - seconds);
        if (crossedAt >= since) moments.push({ at: crossedAt });
      },
    });
    context.onEnd(() => load.close());
    const server = await CameraServer.start(context);
    const cameraId = await server.add('Walkway', load.url('/walk'), [middle]);
    for (let index = 0; index < beside; index++) await server.add(`Beside ${index}`, load.url(`/${index}`), [middle]);

    const events = await server.server.socket('/api/live');
    events.send(JSON.stringify({ subscribe: ['matrixvision-events:all'] }));
    const known = new Set<string>();
    const strays: number[] = [];
    events.addEventListener('message', ({ data }) => {
      const now = Date.now();
      const { data: event } = JSON.parse(String(data)) as { data?: Told };
      // It is told again when its clip and its proof are there: also one of before, which is none of those measured.
      if (event?.cameraId !== cameraId || known.has(event.id)) return;
      known.add(event.id);
      const at = Date.parse(event.at);
      const near = moments.filter((moment) => !moment.eventAt && Math.abs(moment.at - at) < sameMs);
      const [moment] = near.sort((a, b) => Math.abs(a.at - at) - Math.abs(b.at - at));
      if (!moment) {
        // Its moment may lie just before the measuring began.
        if (at > since + sameMs) strays.push(at);
      } else {
        moment.eventAt = now;
        moment.storedAt = Date.parse(event.receivedAt);
      }
    });
    const boxes = await server.server.socket(`/api/matrixvision/cameras/${cameraId}/live`);
    boxes.addEventListener('message', ({ data }) => {
      if (typeof data !== 'string') return;
      const message = JSON.parse(data) as { type: string; time: number };
      if (message.type !== 'tracks') return;
      for (const moment of moments) if (message.time >= moment.at) moment.boxAt ??= Date.now();
    });

    await warm(server);
    since = Date.now();
    context.note('measuring');
    const isDone = ({ at, eventAt }: Moment) => eventAt !== undefined || Date.now() - at > mostToWaitMs;
    while (moments.length < wanted || !moments.slice(0, wanted).every(isDone)) await delay(200);
    const measured = moments.slice(0, wanted);
    const told = measured.filter(({ eventAt }) => eventAt !== undefined);
    const eventMs = told.map(({ at, eventAt }) => eventAt! - at);
    const storedMs = told.map(({ eventAt, storedAt }) => eventAt! - storedAt!);
    const boxMs = measured.flatMap(({ at, boxAt }) => (boxAt === undefined ? [] : boxAt - at));
    events.close();
    boxes.close();
    return {
      protocol: [
        `A drawn scene (${walk.size}, ${walk.frameRate} pictures/s, x264) of two who walk to and fro over a line, sent picture by picture by GStreamer's RTSP server over TCP when its time has come; it is drawn and encoded beforehand, so a camera's own delay is not in the figures.`,
        'The moment is that at which somebody’s feet cross the line in the scene, from its definition; the rule counts once the person is a tenth of its height beyond.',
        `apps/server as npm start runs it, ${1 + beside} camera(s), NanoDet, at most 5 detections/s, recording on events. The client is a process of its own, on the channels that the console uses.`,
        'Event: first message of it on /api/live. Box: first message with boxes of a picture taken at the moment or after it, which the console draws with its next picture.',
      ],
      figures: [
        atLeast('crossings told', told.length, Math.ceil(0.95 * wanted), `of ${wanted}`),
        below('events of no crossing', strays.length, 1, 'events'),
        below('moment to event, median', median(eventMs), mostMs, 'ms'),
        { name: 'moment to event, 95th percentile', value: p95(eventMs), unit: 'ms' },
        { name: 'moment to event, all', value: eventMs.map((ms) => round(ms)).join(' ') },
        { name: 'of it from the analysis’ word to the console, median', value: median(storedMs), unit: 'ms' },
        below('moment to box, median', median(boxMs), mostMs, 'ms'),
        { name: 'moment to box, 95th percentile', value: p95(boxMs), unit: 'ms' },
      ],
      compared: [],
    };
  },
};

interface Told {
  readonly id: string;
  readonly cameraId: string;
  readonly at: string;
  readonly receivedAt: string;
}

/** Until the first events are there, so that networks are loaded and everybody is followed. */
async function warm(server: CameraServer): Promise<void> {
  for (const since = Date.now(); ; await delay(500)) {
    const { total } = await server.server.call<{ total: number }>('GET', '/api/matrixvision/events?limit=1');
    if (total >= 2) return;
    if (Date.now() - since > 120_000) throw new Error('nobody was seen on the line for two minutes');
  }
}

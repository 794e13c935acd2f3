import { createWriteStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { listArgument, type Verb, type VerbContext } from '@millwright/kernel';
import {
  createPlant,
  defaultMagnitude,
  demoFaults,
  type Fault,
  type FaultKind,
  type Plant,
  type RunningPlant,
  startPlant,
  writeTruth,
} from '@millwright/testkit/simulator';
import { z } from 'zod';
import { cliErrors } from './errors.ts';

const usage =
  'millwright simulate [--faults demo|FILE] [--truth FILE] [--history FILE --from ISO --to ISO] [--opcua-port N] …';
const dayMs = 86_400_000;

/** As the truth file has them, so that what was injected once can be injected again. */
const faultFile = z.object({
  faults: z.array(
    z.object({
      kind: z.enum(Object.keys(defaultMagnitude) as FaultKind[]),
      point: z.string().optional(),
      asset: z.string().optional(),
      from: z.iso.datetime({ offset: true }).transform(Date.parse),
      to: z.iso.datetime({ offset: true }).transform(Date.parse).nullish(),
      magnitude: z.number().optional(),
    }),
  ),
});

function refuse(reason: string): never {
  throw cliErrors.OPTION_INVALID({ reason, usage });
}

async function faultsOf(option: VerbContext['options'][string], now: number): Promise<Fault[]> {
  if (typeof option !== 'string') return [];
  if (option === 'demo') return demoFaults(now);
  try {
    const { faults } = faultFile.parse(JSON.parse(await readFile(option, 'utf8')));
    return faults.map((fault) => ({ ...fault, to: fault.to ?? fault.from }));
  } catch (error) {
    const reason = error instanceof z.ZodError ? z.prettifyError(error) : (error as Error).message;
    return refuse(`--faults ${option}: ${reason}`);
  }
}

function timeOf(text: VerbContext['options'][string], name: string, otherwise: number): number {
  if (text === undefined) return otherwise;
  const time = Date.parse(String(text));
  return Number.isNaN(time) ? refuse(`--${name} ${text} is not an ISO time`) : time;
}

function numberOf(text: VerbContext['options'][string], name: string): number | undefined {
  if (text === undefined) return undefined;
  return /^\d+$/.test(String(text)) ? Number(text) : refuse(`--${name} ${text} is not a whole number`);
}

/** One line a reading, as `cloud import` takes it; each point in its own rhythm unless a step is given. */
function* historyLines(plant: Plant, keys: readonly string[], period: Period, stepMs: number | undefined) {
  yield 'time,point,unit,value\r\n';
  for (const key of keys) {
    const { unit, intervalMs } = plant.point(key);
    for (let from = period.from; from < period.to; from += dayMs) {
      const { times, values } = plant.history(key, from, Math.min(from + dayMs, period.to), stepMs ?? intervalMs);
      let lines = '';
      times.forEach((time, at) => {
        lines += `${new Date(time).toISOString()},${key},${unit},${values[at]}\r\n`;
      });
      yield lines;
    }
  }
}

interface Period {
  readonly from: number;
  readonly to: number;
}

interface Answer {
  seed: number;
  faults: number;
  truth: string | null;
  history: string | null;
  endpoints: RunningPlant['endpoints'] | null;
}

async function serve(plant: Plant, { options, note, signal }: VerbContext): Promise<RunningPlant['endpoints'] | null> {
  const opcua = numberOf(options['opcua-port'], 'opcua-port');
  const modbus = numberOf(options['modbus-port'], 'modbus-port');
  const url = typeof options.mqtt === 'string' ? options.mqtt : undefined;
  if (opcua === undefined && modbus === undefined && url === undefined) return null;
  const running = await startPlant({
    plant,
    ...(opcua !== undefined && { opcua: { port: opcua } }),
    ...(modbus !== undefined && { modbus: { port: modbus } }),
    ...(url !== undefined && { mqtt: { url } }),
  });
  note(`${JSON.stringify({ ...running.endpoints, modbus: running.endpoints.modbus?.port }, null, 2)}\nCtrl-C stops.`);
  if (!signal.aborted) await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
  await running.stop();
  return running.endpoints;
}

/** The plant simulator by itself: something to connect to, and labelled data for detectors. Needs neither server nor database. */
export const simulateVerb: Verb = {
  name: 'simulate',
  summary:
    'Run the simulated plant: serve it over OPC UA, Modbus and MQTT, or write its history and the truth about its faults.',
  options: [
    { name: 'seed', summary: 'Another number, another plant (1).', placeholder: 'N' },
    {
      name: 'faults',
      summary: 'demo, or a JSON file with faults as the truth file has them.',
      placeholder: 'demo|FILE',
    },
    { name: 'truth', summary: 'File to write what was injected to, with exact times.', placeholder: 'FILE' },
    { name: 'history', summary: 'CSV file to write readings to.', placeholder: 'FILE' },
    { name: 'from', summary: 'Start of the history; left out, 42 days ago.', placeholder: 'ISO' },
    { name: 'to', summary: 'Its end; left out, now.', placeholder: 'ISO' },
    {
      name: 'points',
      summary: 'Only these, with commas between; a beginning such as suzhou/ names many.',
      placeholder: 'KEYS',
    },
    {
      name: 'step',
      summary: 'Seconds between readings; left out, as often as each point is read.',
      placeholder: 'SECONDS',
    },
    { name: 'opcua-port', summary: 'Serve OPC UA there until Ctrl-C.', placeholder: 'PORT' },
    { name: 'modbus-port', summary: 'Serve Modbus TCP there until Ctrl-C.', placeholder: 'PORT' },
    { name: 'mqtt', summary: 'Publish Sparkplug B to this broker until Ctrl-C.', placeholder: 'URL' },
  ],
  run: async (context): Promise<Answer> => {
    const { options } = context;
    const now = Date.now();
    const seed = numberOf(options.seed, 'seed') ?? 1;
    const plant = createPlant({ seed, faults: await faultsOf(options.faults, now) });
    const to = timeOf(options.to, 'to', now);
    const period = { from: timeOf(options.from, 'from', to - 42 * dayMs), to };
    if (period.from >= period.to) refuse('--from must be before --to');
    const { truth, history } = options;
    if (typeof truth === 'string') await writeTruth(plant, truth, period);
    if (typeof history === 'string') {
      const wanted = listArgument(options.points) ?? [''];
      const keys = plant.points.map(({ key }) => key).filter((key) => wanted.some((start) => key.startsWith(start)));
      if (keys.length === 0) refuse(`--points ${options.points}: the plant has none of these`);
      const seconds = numberOf(options.step, 'step');
      const lines = historyLines(plant, keys, period, seconds === undefined ? undefined : seconds * 1000);
      await pipeline(Readable.from(lines, { objectMode: false }), createWriteStream(history), {
        signal: context.signal,
      });
    }
    return {
      ...{ seed, faults: plant.faults.length },
      truth: typeof truth === 'string' ? truth : null,
      history: typeof history === 'string' ? history : null,
      endpoints: await serve(plant, context),
    };
  },
  print: ({ seed, faults, truth, history }: Answer) =>
    [`plant ${seed}, ${faults} fault(s)`, truth && `truth    ${truth}`, history && `history  ${history}`]
      .filter(Boolean)
      .join('\n'),
};

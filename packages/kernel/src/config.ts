import { z } from 'zod';
import { defineErrors, errorKind } from './errors.ts';
import { listArgument } from './list-argument.ts';

export const configErrors = defineErrors('kernel', {
  CONFIG_INVALID: errorKind<{ problems: string[] }>({
    status: 500,
    message: ({ problems }) => `The configuration has ${problems.length} problem(s):\n  - ${problems.join('\n  - ')}\n`,
    remedy: 'Correct them and start again; docs/reference/configuration.md lists every setting.',
  }),
});

interface FieldFacts {
  /** Why the setting exists and why its range is what it is. */
  reason: string;
  unit?: string;
}

/** A setting with the reason it exists; the environment variable and flag are derived from its path. */
function field<T extends z.ZodType>(schema: T, facts: FieldFacts): T {
  return schema.meta({ ...facts }) as T;
}

/** A number, or its text as environment and flags hold it. Not z.coerce: that would read '' and null as 0. */
const number = <T extends z.ZodType>(schema: T) =>
  z.preprocess((value) => (typeof value === 'string' && value.trim() !== '' ? Number(value) : value), schema);

const port = number(z.number().int().min(0).max(65535));
/** A port that is only opened where one is given. */
const portOrNone = z.preprocess((value) => (value === '' ? null : value), port.nullable());
const flag = z.union([
  z.boolean(),
  z.enum(['true', 'false', '1', '0', '']).transform((text) => text === 'true' || text === '1'),
]);

const network = z.union([z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6()]);
const networks = z.string().refine((text) => listArgument(text)!.every((one) => network.safeParse(one).success), {
  error: 'must be networks such as 192.168.10.0/24, with commas between',
});

/** Execution providers of ONNX Runtime by the names that configuration uses. */
export const inferenceProviderNames = ['cpu', 'cuda', 'tensorrt', 'openvino', 'coreml', 'dml', 'webgpu'] as const;
const providerName = z.enum(inferenceProviderNames);
const providers = z.string().refine((text) => listArgument(text)!.every((one) => providerName.safeParse(one).success), {
  error: `must be some of ${inferenceProviderNames.join(', ')}, with commas between`,
});

/**
 * Every setting of the product, each with a default. Sources, later ones win: defaults, `millwright.json` in the data
 * folder, environment (`MILLWRIGHT_` + path in capitals), flags (`--path-with-dashes`).
 */
export const configSchema = z.strictObject({
  data: field(z.string().min(1).default('.millwright'), {
    reason: 'Folder of everything the server keeps: database, files, keys, logs. One server at a time may hold it.',
  }),
  port: field(port.default(7300), { reason: 'HTTP port of console and API. 0 takes any free one.' }),
  host: field(z.string().min(1).default('127.0.0.1'), {
    reason:
      'Address to listen on. The default keeps a first try private to the machine; 0.0.0.0 opens it to the network.',
  }),
  databaseUrl: field(z.string().default(''), {
    reason: 'postgres://… of a server; empty uses the embedded PostgreSQL in the data folder.',
  }),
  embeddedDurability: field(z.enum(['disk', 'process']).default('disk'), {
    reason:
      'What is acknowledged by the embedded database survives: disk also the loss of power, by waiting for the disk at every commit; process only a killed process.',
  }),
  mqttUrl: field(z.string().default(''), {
    reason: 'mqtt://… of an existing broker or cluster; empty starts the embedded broker.',
  }),
  mqttPort: field(port.default(1883), { reason: 'Port of the embedded MQTT broker. 0 takes any free one.' }),
  jobConcurrency: field(number(z.number().int().min(0).max(256)).default(2), {
    reason:
      'Jobs that this process does at once of those that any machine may take: two, so that a long one does not hold up a short one. 0 on the server leaves them all to workers.',
  }),
  jobSilenceSeconds: field(number(z.number().min(3).max(3600)).default(60), {
    reason:
      'After how long without a sign of life the jobs of a killed server or worker are taken up by another. The same on the server and all workers: below 20 a machine under load may be taken for dead, and its work is done twice.',
    unit: 's',
  }),
  blobUrl: field(z.string().default(''), {
    reason: 's3://bucket/prefix?endpoint=… of an S3-compatible store; empty keeps files in the data folder.',
  }),
  logLevel: field(z.enum(['silent', 'error', 'warn', 'info', 'debug']).default('warn'), {
    reason: 'How much the server says on stderr, as JSON lines. Ordinary work is in the ledger and on the Jobs page.',
  }),
  sample: field(z.enum(['auto', 'never']).default('auto'), {
    reason:
      'auto brings up the sample plant on an empty data folder; never starts without it (`npm start -- --empty`).',
  }),
  sampleLanguage: field(z.enum(['auto', 'en', 'zh']).default('auto'), {
    reason: 'Language of the names in the sample plant when it is made; auto takes that of the machine.',
  }),
  sampleBasePort: field(port.default(0), {
    reason: 'First of the ports the sample plant serves OPC UA and Modbus on; 0 takes free ones.',
  }),
  sessionHours: field(number(z.number().min(1).max(720)).default(12), {
    reason:
      'How long a signed-in session lives without use. One shift by default; a month at most, so a lost laptop ages out.',
    unit: 'h',
  }),
  lockoutAttempts: field(number(z.number().int().min(3).max(50)).default(5), {
    reason: 'Wrong passwords in a row before an account is locked. Below 3 a typing mistake locks people out.',
  }),
  lockoutMinutes: field(number(z.number().min(1).max(1440)).default(15), {
    reason: 'How long a locked account stays locked.',
    unit: 'min',
  }),
  futureToleranceMinutes: field(number(z.number().min(0).max(10080)).default(10), {
    reason: 'How far ahead of the server a reading may be stamped before it is rejected as being from the future.',
    unit: 'min',
  }),
  lateAfterMinutes: field(number(z.number().min(1).max(10080)).default(15), {
    reason: 'A live reading older than this on arrival is counted as late.',
    unit: 'min',
  }),
  trustProxy: field(flag.default(false), {
    reason:
      'Take address, host and protocol of a caller from X-Forwarded-…: true only behind a reverse proxy that sets them, for anybody could otherwise.',
  }),
  allowedNetworks: field(networks.default(''), {
    reason:
      'Networks inside the plant that addresses entered by users (webhooks, cameras) may point to, as 192.168.10.0/24 with commas between. Empty refuses them all, so that nobody reaches through the server what he could not reach himself.',
  }),
  watchedFolders: field(z.string().default(''), {
    reason:
      'Folders of this machine that stations may take pictures from, with commas between; what lies below them may be named as well. Empty refuses them all, so that nobody reads through the server what he could not read himself.',
  }),
  stationModbusPort: field(portOrNone.default(null), {
    reason:
      'Modbus TCP port under which the line reaches stations, usually 502, or 1502 without special rights; 0 takes any free one. Modbus knows no passwords: keep it in the network of the machines. Empty speaks no Modbus.',
  }),
  stationOpcuaPort: field(portOrNone.default(null), {
    reason:
      'OPC UA port under which the line reaches stations, usually 4840; 0 takes any free one. Empty opens no OPC UA server.',
  }),
  stationOpcuaSecurity: field(z.enum(['required', 'optional']).default('required'), {
    reason:
      'required lets in only OPC UA clients whose certificate was trusted; optional also those without security, as small controllers are, which then anybody in the network may pretend to be.',
  }),
  videoDecoding: field(
    z.enum(['auto', 'off', 'cuda', 'videotoolbox', 'qsv', 'vaapi', 'd3d11va', 'rkmpp']).default('auto'),
    {
      reason:
        'What decodes the video of cameras: auto takes the first hardware that the machine has and that can, off always the processor; a name takes that hardware, or the processor where it is not there, which the camera then says.',
    },
  ),
  inferenceProviders: field(providers.default(''), {
    reason:
      'What neural networks run on, tried in order with commas between: tensorrt, cuda, openvino, coreml, dml, webgpu. The processor (cpu) comes last by itself; what is not there is said in the log, and each camera shows which one is in use.',
  }),
  publicUrl: field(z.union([z.literal(''), z.url({ protocol: /^https?$/ })]).default(''), {
    reason:
      'Address under which people reach the console, e.g. https://millwright.example; links in alerts begin with it. Empty sends alerts without links.',
  }),
  smtpUrl: field(z.union([z.literal(''), z.url({ protocol: /^smtps?$/ })]).default(''), {
    reason:
      'Mail server for alerts: smtps://user:password@host:465, or smtp://host:587, which turns to TLS where the server offers it. Empty sends no mail.',
  }),
  smtpFrom: field(z.string().max(320).default(''), {
    reason: 'Sender of alerts by mail, e.g. Millwright <alerts@plant.example>. The mail server must let it through.',
  }),
  publicMetrics: field(flag.default(false), {
    reason: 'Serve /api/metrics without a session, for a Prometheus on the same network.',
  }),
});

export type Config = Readonly<z.output<typeof configSchema>>;
export type ConfigKey = keyof Config;

export interface ConfigFieldFacts extends FieldFacts {
  key: ConfigKey;
  environment: string;
  flag: string;
  default: unknown;
}

const words = (key: string) => key.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`).split(' ');

/** What the settings page and docs/reference/configuration.md are drawn from. */
export function configFields(): ConfigFieldFacts[] {
  const defaults = configSchema.parse({}) as Record<string, unknown>;
  return Object.entries(configSchema.shape).map(([key, schema]) => {
    const meta = schema.meta() as unknown as FieldFacts;
    return {
      key: key as ConfigKey,
      reason: meta.reason,
      unit: meta.unit,
      environment: `MILLWRIGHT_${words(key).join('_').toUpperCase()}`,
      flag: `--${words(key).join('-')}`,
      default: defaults[key],
    };
  });
}

export interface ConfigSources {
  /** Parsed content of the configuration file, if there is one. */
  file?: unknown;
  environment: Record<string, string | undefined>;
  /** Flags by setting name. */
  flags: Record<string, unknown>;
}

/** Merges the sources and checks them. Throws CONFIG_INVALID with every problem at once, not just the first. */
export function loadConfig(sources: ConfigSources): Config {
  const problems: string[] = [];
  const merged: Record<string, unknown> = {};
  const origin = new Map<string, string>();
  const file = sources.file ?? {};
  if (typeof file !== 'object' || file === null || Array.isArray(file))
    problems.push('configuration file: must hold one JSON object');
  else
    for (const [key, value] of Object.entries(file)) {
      merged[key] = value;
      origin.set(key, 'configuration file');
    }
  for (const { key, environment, flag: name } of configFields()) {
    // Compose files and service managers say "not set" by an empty variable.
    if (sources.environment[environment]) {
      merged[key] = sources.environment[environment];
      origin.set(key, environment);
    }
    if (sources.flags[key] !== undefined) {
      merged[key] = sources.flags[key];
      origin.set(key, name);
    }
  }
  const parsed = configSchema.safeParse(merged);
  if (!parsed.success) {
    for (const issue of parsed.error.issues) {
      if (issue.code === 'unrecognized_keys') {
        for (const key of issue.keys) problems.push(`${origin.get(key) ?? key}: no setting is called ${key}`);
        continue;
      }
      const key = String(issue.path[0]);
      problems.push(`${origin.get(key) ?? key} (${key}): ${issue.message}, got ${JSON.stringify(merged[key])}`);
    }
  }
  if (problems.length > 0 || !parsed.success) throw configErrors.CONFIG_INVALID({ problems });
  return Object.freeze(parsed.data);
}

import type { Verb, VerbContext } from '@millwright/kernel';
import { manuvisionErrors } from '../errors.ts';
import type { HandshakeSettings } from '../line/handshake-settings.ts';
import type { FaultAnswer, LineAnswer } from '../line/line-schemas.ts';
import { signalNames, signalNodes } from '../line/signal-names.ts';
import { base, findStation, listed, numberOf } from './find-part.ts';
import { boxFrom } from './station-settings.ts';

const station = { name: 'STATION', summary: 'Name or id.' } as const;
type Answer = LineAnswer & { readonly name: string };

const lamps = ['ready', 'busy', 'resultValid', 'pass', 'fail', 'fault'] as const;

function text({ name, settings, shown, opcua, modbus, plc }: Answer): string {
  if (!settings) return `${name} does not talk with the line.`;
  const ways = [
    opcua && `OPC UA ${opcua.url} nsu=${opcua.namespace};${opcua.node}`,
    modbus && `Modbus TCP ${modbus.host}:${modbus.port} unit ${modbus.unit}`,
    settings.mqtt && 'MQTT',
    plc && `writes into ${plc.url}${plc.problem === null ? '' : `: ${plc.problem}`}`,
  ].filter(Boolean);
  const lit = shown && lamps.filter((lamp) => shown[lamp]);
  return [
    `${name}  ${shown ? `${shown.state}: ${lit!.join(', ') || 'nothing lit'}` : 'the server does not run, or its box is silent'}`,
    shown?.faultName && `  fault ${shown.faultCode} ${shown.faultName} since ${shown.since}`,
    shown && `  result ${shown.resultId}${shown.partId && `  part ${shown.partId}`}`,
    ...ways.map((way) => `  ${way}`),
  ]
    .filter(Boolean)
    .join('\n');
}

const verb = (
  given: Pick<Verb, 'name' | 'summary' | 'options'> & Partial<Pick<Verb, 'arguments'>>,
  run: (context: VerbContext, path: string) => Promise<LineAnswer>,
): Verb => ({
  arguments: [station],
  ...given,
  run: async (context) => {
    const { id, name } = await findStation(context.call, context.arguments.STATION!);
    return { name, ...(await run(context, `${base}/stations/${id}/line`)) };
  },
  print: text,
});

/** `scratch=1,dent=2` */
function classNumbers(text: string): Record<string, number> {
  const pairs = text.split(',').map((pair) => /^(.+)=(\d+)$/.exec(pair.trim()));
  if (pairs.some((pair) => !pair))
    throw manuvisionErrors.MANUVISION_OPTION_INVALID({ option: 'classes', value: text, wanted: 'scratch=1,dent=2' });
  return Object.fromEntries(pairs.map((pair) => [pair![1]!.trim(), Number(pair![2])]));
}

/** `Pass=ns=3;s=Pass,ResultId=ns=3;s=Id`; a node id may hold commas. */
function plcNodes(text: string): Record<string, string> {
  const parts = text.split(new RegExp(`,(?=\\s*(?:${signalNames.join('|')})=)`));
  const pairs = parts.map((part) => /^\s*(\w+)=(.+)$/.exec(part));
  if (pairs.some((pair) => !pair || !Object.hasOwn(signalNodes, pair[1]!)))
    throw manuvisionErrors.MANUVISION_OPTION_INVALID({
      ...{ option: 'plc-nodes', value: text, wanted: 'Pass=ns=3;s=Pass,ResultId=ns=3;s=Id' },
    });
  return Object.fromEntries(pairs.map((pair) => [pair![1]!, pair![2]!.trim()]));
}

function plcOf({ options }: VerbContext, now: HandshakeSettings['plc']): object | null | undefined {
  const given = {
    ...{ url: options.plc, security: options['plc-security'], password: options['plc-password'] },
    nodes: typeof options['plc-nodes'] === 'string' ? plcNodes(options['plc-nodes']) : undefined,
    username: options['plc-user'],
  };
  const said = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
  if (Object.keys(said).length === 0) return undefined;
  if (options.plc === 'no') return null;
  const { username, password, ...rest } = { ...now, ...said };
  return username === 'anonymous' ? rest : { ...rest, username, password };
}

/** What was given, over what is set. */
function settingsOf(context: VerbContext, now: HandshakeSettings | null): object {
  const { options } = context;
  const yes = (value: string | boolean | undefined) => (value === undefined ? undefined : value === 'yes');
  const modbus = options.modbus === 'no' ? null : numberOf(options.modbus);
  const given = {
    ...{ opcua: yes(options.opcua), modbusUnit: modbus, mqtt: yes(options.mqtt), trigger: options.trigger },
    ...{ acknowledge: yes(options.acknowledge), recovery: options.recovery },
    ...{ pictureMs: numberOf(options['picture-ms']), judgingMs: numberOf(options['judging-ms']) },
    ...{ acknowledgeMs: numberOf(options['acknowledge-ms']), releaseMs: numberOf(options['release-ms']) },
    plc: plcOf(context, now?.plc ?? null),
    classNumbers: typeof options.classes === 'string' ? classNumbers(options.classes) : undefined,
  };
  return { ...now, ...Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) };
}

export const lineVerbs: readonly Verb[] = [
  verb(
    { name: 'stations line', summary: 'Show how a station talks with the line, and its signals.' },
    ({ call }, path) => call('GET', path),
  ),
  verb(
    {
      name: 'stations line-set',
      summary: 'Set up how a station talks with the line; what is left out stays.',
      options: [
        { name: 'opcua', summary: 'A node set on the OPC UA server.', placeholder: 'yes|no' },
        { name: 'modbus', summary: 'Unit of the Modbus TCP server, 1 to 247.', placeholder: 'UNIT|no' },
        { name: 'mqtt', summary: 'Pictures and triggers come through the broker.', placeholder: 'yes|no' },
        { name: 'plc', summary: 'OPC UA server of a controller that is written to.', placeholder: 'URL|no' },
        { name: 'plc-nodes', summary: 'Node of each signal there.', placeholder: 'SIGNAL=NODE,…' },
        { name: 'plc-security', summary: 'Of that connection.', placeholder: 'SignAndEncrypt|Sign|None' },
        { name: 'plc-user', summary: 'Who signs in there; anonymous: nobody.', placeholder: 'NAME|anonymous' },
        { name: 'plc-password', summary: 'With this password.', placeholder: 'PASSWORD' },
        { name: 'trigger', summary: 'What a part begins with.', placeholder: 'line|picture' },
        { name: 'acknowledge', summary: 'Whether the line takes each result away.', placeholder: 'yes|no' },
        { name: 'picture-ms', summary: 'From trigger to picture at most.', placeholder: 'MS' },
        { name: 'judging-ms', summary: 'From picture to result at most.', placeholder: 'MS' },
        { name: 'acknowledge-ms', summary: 'From result to acknowledgement at most.', placeholder: 'MS' },
        { name: 'release-ms', summary: 'Until trigger and acknowledgement are taken back.', placeholder: 'MS' },
        { name: 'recovery', summary: 'Out of a fault.', placeholder: 'automatic|reset' },
        { name: 'classes', summary: 'Numbers of classes for the line.', placeholder: 'NAME=N,…' },
      ],
    },
    async (context, path) => {
      const { settings } = await context.call<LineAnswer>('GET', path);
      return context.call('PUT', path, { body: settingsOf(context, settings) });
    },
  ),
  verb({ name: 'stations line-end', summary: 'Let a station talk with the line no more.' }, ({ call }, path) =>
    call('DELETE', path),
  ),
  verb(
    {
      name: 'stations line-trigger',
      summary: 'Trigger a station in the place of the line.',
      options: [
        { name: 'part', summary: 'As the line calls the part.', placeholder: 'ID' },
        { name: 'lot', summary: 'That it is of; another one that is open is ended.', placeholder: 'NUMBER' },
      ],
    },
    ({ call, options }, path) => call('POST', `${path}/trigger`, { body: { partId: options.part, lot: options.lot } }),
  ),
  verb({ name: 'stations acknowledge', summary: 'Take a result away in the place of the line.' }, ({ call }, path) =>
    call('POST', `${path}/acknowledge`),
  ),
  verb({ name: 'stations reset', summary: 'Bring a station out of its fail-safe state.' }, ({ call }, path) =>
    call('POST', `${path}/reset`),
  ),
  {
    name: 'stations faults',
    summary: 'List the faults of a station, newest first.',
    arguments: [station],
    run: async ({ call, arguments: given }) => {
      const { id } = await findStation(call, given.STATION!);
      return call('GET', `${base}/stations/${id}/faults`);
    },
    print: listed(
      ({ at, number, code, partId, endedAt, resetBy }: FaultAnswer) =>
        [at, number, code, partId && `part ${partId}`, endedAt && `until ${endedAt}`, resetBy && `reset by ${resetBy}`]
          .filter(Boolean)
          .join('  '),
      'No faults.',
    ),
  },
  {
    name: 'stations certificates',
    summary: 'List or trust the certificates that the OPC UA of the stations has met.',
    options: [
      { name: 'trust', summary: 'Let this one in.', placeholder: 'THUMBPRINT' },
      { name: 'reject', summary: 'Let this one in no more.', placeholder: 'THUMBPRINT' },
      { name: 'box', summary: 'Of this edge box; left out: of the server.', placeholder: 'BOX' },
    ],
    run: async ({ call, options }) => {
      const path = `${base}/line/certificates`;
      const query = { boxId: (await boxFrom(call, options, null)) ?? undefined };
      for (const [option, trust] of [
        ['trust', 'trusted'],
        ['reject', 'rejected'],
      ] as const)
        if (options[option]) return call('PUT', `${path}/${options[option]}`, { body: { trust }, query });
      return call('GET', path, { query });
    },
    print: listed(
      ({ thumbprint, trust, subject, validTo }: Record<string, string>) =>
        [thumbprint, trust, subject, `until ${validTo}`].join('  '),
      'None came yet.',
    ),
  },
];

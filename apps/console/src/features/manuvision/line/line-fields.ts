import type { Line, LineSettings } from './use-line.ts';

type Settings = NonNullable<Line['settings']>;
type Plc = NonNullable<Settings['plc']>;
export type Signal = keyof Plc['nodes'];

/** The form's fields: the numbers of classes are a list of their own rows. */
export interface LineFields extends Omit<Settings, 'classNumbers' | 'plc'> {
  readonly plc: PlcFields;
  readonly classes: readonly { readonly name: string; readonly number: number }[];
}

/** Of the controller that is written to; without an address there is none. */
export interface PlcFields extends Omit<Plc, 'url' | 'nodes'> {
  readonly url?: string | undefined;
  readonly nodes: readonly { readonly signal: Signal; readonly node: string }[];
}

export const signals = [
  ...['Ready', 'Busy', 'ResultValid', 'Pass', 'Fail', 'Fault', 'FaultCode', 'ResultId', 'PartId', 'Class'],
  ...['ClassNumber', 'Score', 'State', 'Heartbeat'],
] as const satisfies readonly string[] as readonly Signal[];

const standard: Settings = {
  ...{ opcua: false, modbusUnit: null, mqtt: false, plc: null, trigger: 'line', acknowledge: true, recovery: 'reset' },
  ...{ pictureMs: 2_000, judgingMs: 5_000, acknowledgeMs: 5_000, releaseMs: 5_000, classNumbers: {} },
};

export function fieldsOf(settings: Settings | null): LineFields {
  const { classNumbers, plc, ...fields } = settings ?? standard;
  return {
    ...fields,
    plc: plcFieldsOf(plc),
    classes: Object.entries(classNumbers).map(([name, number]) => ({ name, number })),
  };
}

function plcFieldsOf(plc: Plc | null): PlcFields {
  if (!plc) return { security: 'SignAndEncrypt', nodes: (['Ready', 'Pass', 'ResultId'] as const).map(unnamed) };
  const nodes = Object.entries(plc.nodes) as [Signal, string][];
  return { ...plc, nodes: nodes.map(([signal, node]) => ({ signal, node })) };
}

const unnamed = (signal: Signal) => ({ signal, node: '' });

function plcOf({ url, username, password, security, nodes }: PlcFields): LineSettings['plc'] {
  if (!url?.trim()) return null;
  return {
    ...{ url: url.trim(), security, nodes: Object.fromEntries(nodes.map(({ signal, node }) => [signal, node.trim()])) },
    ...(username && { username, password: password ?? '' }),
  };
}

export const settingsOf = ({ classes, modbusUnit, plc, ...fields }: LineFields): LineSettings => ({
  ...fields,
  plc: plcOf(plc),
  modbusUnit: modbusUnit ?? null,
  classNumbers: Object.fromEntries(classes.map(({ name, number }) => [name.trim(), number])),
});

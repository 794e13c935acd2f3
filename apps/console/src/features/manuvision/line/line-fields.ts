import type { Line, LineSettings } from './use-line.ts';

type Settings = NonNullable<Line['settings']>;

/** The form's fields: the numbers of classes are a list of their own rows. */
export interface LineFields extends Omit<Settings, 'classNumbers'> {
  readonly classes: readonly { readonly name: string; readonly number: number }[];
}

const standard: Settings = {
  ...{ opcua: false, modbusUnit: null, mqtt: false, trigger: 'line', acknowledge: true, recovery: 'reset' },
  ...{ pictureMs: 2_000, judgingMs: 5_000, acknowledgeMs: 5_000, releaseMs: 5_000, classNumbers: {} },
};

export function fieldsOf(settings: Settings | null): LineFields {
  const { classNumbers, ...fields } = settings ?? standard;
  return { ...fields, classes: Object.entries(classNumbers).map(([name, number]) => ({ name, number })) };
}

export const settingsOf = ({ classes, modbusUnit, ...fields }: LineFields): LineSettings => ({
  ...fields,
  modbusUnit: modbusUnit ?? null,
  classNumbers: Object.fromEntries(classes.map(({ name, number }) => [name.trim(), number])),
});

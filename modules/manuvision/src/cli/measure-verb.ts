import { join, resolve } from 'node:path';
import type { Verb } from '@millwright/kernel';
import { concludeFiles } from '@millwright/ledger/files';
import { manuvisionErrors } from '../errors.ts';
import {
  type MeasureParameters,
  type MeasureSummary,
  measureMethod,
  overlayFolder,
} from '../measuring/measure-method.ts';
import type { MeasuredFeature } from '../measuring/measure-picture.ts';
import { pinSource } from './named-sources.ts';

interface Answer extends MeasureSummary {
  readonly overlays?: string;
  readonly evidence: string;
}

export const measureVerb: Verb = {
  name: 'measure',
  summary: 'Measure what a plan says in pictures, each value with its uncertainty; needs no server.',
  arguments: [{ name: 'PICTURES', summary: 'Picture, or folder or ZIP of them.' }],
  options: [
    {
      name: 'plan',
      summary: 'What is measured, as `measure schema` describes it.',
      placeholder: 'FILE',
      required: true,
    },
    { name: 'calibration', summary: 'What `measure calibrate` wrote; values in mm need it.', placeholder: 'FILE' },
    { name: 'out', summary: 'Folder for pictures with the edges that were found.', placeholder: 'DIR' },
    { name: 'rule', summary: 'How values are judged; left out, as the plan says.', placeholder: 'simple|iso14253' },
    { name: 'evidence', summary: 'File for the evidence; left out, beside the plan.', placeholder: 'FILE' },
  ],
  async run({ arguments: given, options, signal, progress }) {
    const plan = resolve(String(options.plan));
    const pictures = await pinSource(resolve(given.PICTURES!));
    const calibration = options.calibration === undefined ? [] : [resolve(String(options.calibration))];
    const overlays = options.out === undefined ? undefined : resolve(String(options.out));
    const evidence = resolve(String(options.evidence ?? `${plan.replace(/\.json$/i, '')}.evidence.json`));
    const parameters: MeasureParameters = {
      ...{ pictures: pictures.named, calibrated: calibration.length > 0, overlays: overlays !== undefined },
      ...ruleOf(options.rule),
    };
    const { output } = await concludeFiles({
      ...{ method: measureMethod, parameters, evidence, signal, progress },
      inputs: [plan, ...calibration, ...pictures.inputs],
      ...(overlays ? { files: (part: string) => join(overlays, part.slice(overlayFolder.length)) } : {}),
    });
    return { ...(output as MeasureSummary), ...(overlays ? { overlays } : {}), evidence } satisfies Answer;
  },
  print: ({ results, overlays, evidence }: Answer) => {
    const count = (verdict: string) => results.filter((one) => one.verdict === verdict).length;
    return [
      ...results.flatMap(({ file, verdict, features, datum, reason }) => [
        `${verdict.toUpperCase().padEnd(8)}${file}${reason ? `  ${reason}` : ''}`,
        ...(datum
          ? [`          datum at ${datum.x.toFixed(2)}, ${datum.y.toFixed(2)} px, ${datum.angle.toFixed(2)} deg`]
          : []),
        ...features.map((feature) => `          ${line(feature)}`),
      ]),
      `${results.length} pictures: ${count('ok')} ok, ${count('ng')} not, ${count('refused')} refused`,
      ...(overlays ? [`overlays  ${overlays}`] : []),
      `evidence  ${evidence}`,
    ].join('\n');
  },
};

function line({ name, value, unit, uncertainty, nominal, deviation, verdict, reason, notes }: MeasuredFeature): string {
  const said = [...(reason ? [reason.text] : []), ...notes.map(({ text }) => text)].join('; ');
  if (value === null) return `${verdict.padEnd(8)}${name}  ${said}`;
  const against = nominal === null ? '' : `  (${nominal}, ${deviation! < 0 ? '' : '+'}${deviation!.toFixed(4)})`;
  return `${verdict.padEnd(8)}${name}  ${value.toFixed(4)} ${unit}  u ${uncertainty!.toFixed(4)}${against}  ${said}`.trimEnd();
}

function ruleOf(option: string | boolean | undefined): { rule?: 'simple' | 'iso14253' } {
  if (option === undefined) return {};
  if (option === 'simple' || option === 'iso14253') return { rule: option };
  const wanted = 'simple or iso14253';
  throw manuvisionErrors.MANUVISION_OPTION_INVALID({ option: '--rule', value: String(option), wanted });
}

export const measureSchemaVerb: Verb = {
  name: 'measure schema',
  summary: 'Print what a measuring plan may hold, as JSON Schema.',
  async run() {
    const [{ z }, { planSchema }] = await Promise.all([import('zod'), import('../measuring/plan.ts')]);
    return z.toJSONSchema(planSchema, { io: 'input' });
  },
};

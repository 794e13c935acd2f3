import { mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Verb, VerbContext } from '@millwright/kernel';
import { concludeFiles } from '@millwright/ledger/files';
import { z } from 'zod';
import { manuvisionErrors } from '../errors.ts';
import { formatBoxes } from '../template/box-file.ts';
import { usualOverlap } from '../template/detection-scores.ts';
import { findBoxFiles, findPairs } from '../template/find-pairs.ts';
import { type TemplateSettings, templateSettingsSchema } from '../template/template-settings.ts';
import type { JudgedPicture } from './judge-method.ts';
import { judgeVerb } from './judge-verb.ts';
import { numberOption, settingsOption } from './options.ts';
import {
  boxFolder,
  type NamedBox,
  namedBox,
  type PairResult,
  type TemplatePairsParameters,
  type TemplatePairsSummary,
  templatePairsMethodTiming,
} from './template-pairs-method.ts';
import { trainVerb } from './train-verb.ts';

const lowered = (text: string): string => text[0]!.toLowerCase() + text.slice(1);

const settingsOptions: NonNullable<Verb['options']> = [
  {
    name: 'classes',
    summary: 'board: open, short, mousebite, spur, copper, pin-hole; print: missing, extra, changed.',
    placeholder: 'board|print',
  },
  { name: 'figure', summary: 'What is printed: the darker (left out) or the lighter.', placeholder: 'dark|light' },
  {
    name: 'edge',
    summary: 'Pixels by which an edge may be off; left out, learnt from the good parts, or 2.',
    placeholder: 'PIXELS',
  },
  {
    name: 'margin',
    summary: 'Pixels that a box reaches beyond its defect, as people draw them; left out, 10 for boards, 3 for prints.',
    placeholder: 'PIXELS',
  },
  { name: 'settings', summary: 'All settings of the kind as JSON, or @FILE.', placeholder: 'JSON' },
];

export const templateTrainVerb: Verb = {
  ...trainVerb,
  name: 'template train',
  summary: 'Learn a golden template from pictures of good parts: boards, labels, prints; needs no server.',
  options: [
    ...trainVerb.options!.filter(({ name }) => !['defects', 'masks', 'kind', 'settings'].includes(name)),
    {
      name: 'template',
      summary: 'The good picture, by its name in that folder, that the others are laid on; left out, the first.',
      placeholder: 'NAME',
    },
    ...settingsOptions,
  ],
  async run(context) {
    const settings = await settingsOf(context, 'print');
    return trainVerb.run({
      ...context,
      options: { ...context.options, kind: 'template', settings: JSON.stringify(settings) },
    });
  },
};

interface Timed {
  readonly msPerImage: number | null;
  readonly evidence: string;
  /** Folder of the box files. */
  readonly out?: string;
}
type PairsAnswer = TemplatePairsSummary & Timed & { readonly pairsPerSecond: number };

export const templateJudgeVerb: Verb = {
  name: 'template judge',
  summary: 'Judge pictures by a golden template, or each by a good one that lies beside it; needs no server.',
  arguments: [
    { name: 'MODEL', summary: 'The .onnx file that `template train` wrote; with --pairs, the folder of the pairs.' },
    { name: 'PICTURES?', summary: 'Folder, ZIP or picture file; not with --pairs.' },
  ],
  options: [
    {
      name: 'pairs',
      summary: 'Every NAME_test is judged by the NAME_temp beside it, also in the folders below.',
      type: 'boolean',
    },
    {
      name: 'out',
      summary: 'Folder for box files NAME.txt, a line a box: x1 y1 x2 y2 type score; types of boards are 1 to 6.',
      placeholder: 'DIR',
    },
    {
      name: 'truth',
      summary: 'With --pairs: folder with box files of what there is, to score what was found.',
      placeholder: 'DIR',
    },
    {
      name: 'heatmaps',
      summary: 'With a model: folder for pictures with the heat map laid over them.',
      placeholder: 'DIR',
    },
    ...settingsOptions.map((option) => ({ ...option, summary: `With --pairs: ${lowered(option.summary)}` })),
    {
      name: 'evidence',
      summary: 'File for the evidence; left out, in the folder of --out, else beside the model or in this folder.',
      placeholder: 'FILE',
    },
  ],
  async run(context) {
    if (context.options.pairs === true) {
      const { truth } = context.options;
      return judgeFolder(context, truth === undefined ? undefined : resolve(String(truth)));
    }
    return judgeByModel(context);
  },
  print: (answer: PairsAnswer) => printed(answer),
};

export const templateEvaluateVerb: Verb = {
  name: 'template evaluate',
  summary: 'Judge pairs of pictures and score what is found against their box files; needs no server.',
  arguments: [{ name: 'FOLDER', summary: 'Has NAME_temp and NAME_test side by side, also in the folders below.' }],
  options: [
    {
      name: 'truth',
      summary: 'Folder with NAME.txt, also in the folders below; left out, FOLDER.',
      placeholder: 'DIR',
    },
    {
      name: 'overlap',
      summary: `IoU above which a box is right; left out, ${usualOverlap}.`,
      placeholder: 'NUMBER',
    },
    { name: 'out', summary: 'Folder for the box files of what was found.', placeholder: 'DIR' },
    ...settingsOptions,
    {
      name: 'evidence',
      summary: 'File for the evidence; left out, in the folder of --out or this one.',
      placeholder: 'FILE',
    },
  ],
  async run(context) {
    const folder = context.arguments.FOLDER!;
    const truth = resolve(String(context.options.truth ?? folder));
    return judgeFolder({ ...context, arguments: { MODEL: folder } }, truth);
  },
  print: (answer: PairsAnswer) => printed(answer),
};

async function judgeFolder(context: VerbContext, truth: string | undefined): Promise<PairsAnswer> {
  const { options, signal, progress } = context;
  const folder = resolve(context.arguments.MODEL!);
  const settings = await settingsOf(context, 'board');
  const overlap = numberOption('--overlap', options.overlap, usualOverlap, { least: 0.01, most: 0.99 });
  const pairs = await findPairs(folder);
  const truths = truth === undefined ? [] : await findBoxFiles(truth, pairs);
  const out = options.out === undefined ? undefined : resolve(String(options.out));
  const evidence = resolve(String(options.evidence ?? join(out ?? '.', 'template-pairs.evidence.json')));
  const parameters: TemplatePairsParameters = {
    ...{ settings, overlap, boxFiles: out !== undefined },
    pairs: pairs.map(({ name }, at) => ({ name, truth: truths[at] !== undefined })),
  };
  let milliseconds = 0;
  const method = templatePairsMethodTiming((took) => {
    milliseconds = took;
  });
  const { output } = await concludeFiles({
    ...{ method, parameters, evidence, signal, progress },
    inputs: pairs.flatMap(({ good, picture }, at) => [good, picture, ...(truths[at] ? [truths[at]] : [])]),
    ...(out ? { files: (part: string) => join(out, part.slice(boxFolder.length)) } : {}),
  });
  return {
    ...(output as TemplatePairsSummary),
    ...{ msPerImage: milliseconds / pairs.length, pairsPerSecond: (1000 * pairs.length) / milliseconds },
    ...(out ? { out } : {}),
    evidence,
  };
}

interface ModelAnswer extends Timed {
  readonly results: readonly (Omit<JudgedPicture, 'boxes'> & { readonly boxes: readonly NamedBox[] })[];
}

async function judgeByModel(context: VerbContext): Promise<ModelAnswer> {
  const { PICTURES } = context.arguments;
  if (PICTURES === undefined)
    throw manuvisionErrors.MANUVISION_OPTION_INVALID({
      ...{ option: 'PICTURES', value: 'missing', wanted: 'a folder or file, unless --pairs is given' },
    });
  const out = context.options.out === undefined ? undefined : resolve(String(context.options.out));
  const evidence = context.options.evidence ?? (out && join(out, 'template-judge.evidence.json'));
  const answer = (await judgeVerb.run({
    ...context,
    options: { ...context.options, ...(evidence === undefined ? {} : { evidence }) },
  })) as { results: readonly JudgedPicture[]; msPerImage: number | null; evidence: string };
  if (out) {
    await mkdir(out, { recursive: true });
    for (const { file, boxes } of answer.results)
      await writeFile(join(out, `${file.replace(/\.[^./]*$/, '').replaceAll(/[/#]/g, '-')}.txt`), formatBoxes(boxes));
  }
  const results = answer.results.map((one) => ({ ...one, boxes: one.boxes.map(namedBox) }));
  return { ...answer, results, ...(out ? { out } : {}) };
}

/** Of the options; those that stand in --settings give way to options of their own. */
async function settingsOf({ options }: VerbContext, classes: TemplateSettings['classes']): Promise<TemplateSettings> {
  const whole = { least: 0, most: 200, whole: true };
  const given = (await settingsOption(options.settings)) as object;
  const parsed = templateSettingsSchema.safeParse({
    classes,
    ...given,
    ...(options.classes === undefined ? {} : { classes: options.classes }),
    ...(options.figure === undefined ? {} : { figure: options.figure }),
    ...(options.edge === undefined ? {} : { edge: numberOption('--edge', options.edge, 2, { ...whole, most: 8 }) }),
    ...(options.margin === undefined ? {} : { margin: numberOption('--margin', options.margin, 0, whole) }),
    ...(options.template === undefined ? {} : { base: String(options.template) }),
  });
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw manuvisionErrors.MANUVISION_OPTION_INVALID({
    option: `the setting ${issue!.path.map(String).join('.') || 'of the kind'}`,
    value: 'not valid',
    wanted: z.prettifyError(parsed.error),
  });
}

function printed(answer: PairsAnswer | ModelAnswer): string {
  const { results, evidence, out } = answer;
  const lines = (results as readonly PairResult[]).map(({ file, verdict, boxes, reason }) => {
    const counts = Map.groupBy(boxes, (box) => box.class);
    const found = [...counts].map(([name, all]) => `${all.length} ${name}`).join(', ');
    return `${verdict.toUpperCase().padEnd(8)}  ${file}  ${reason ?? found}`.trimEnd();
  });
  if ('pairsPerSecond' in answer) {
    const { scores, pairsPerSecond } = answer;
    lines.push(`${results.length} pairs, ${pairsPerSecond.toFixed(1)} a second`);
    for (const one of scores?.classes ?? [])
      lines.push(
        `${one.className.padEnd(10)} average precision ${one.averagePrecision.toFixed(4)}; ${one.right} right of ${one.found} found, ${one.truth} there are`,
      );
    if (scores)
      lines.push(
        `mAP ${scores.meanAveragePrecision.toFixed(4)}  F ${scores.fScore.toFixed(4)}  precision ${scores.precision.toFixed(4)}  recall ${scores.recall.toFixed(4)}  at IoU above ${scores.overlap}, ${scores.pairs} pairs`,
      );
  }
  if (out) lines.push(`boxes     ${out}`);
  return [...lines, `evidence  ${evidence}`].join('\n');
}

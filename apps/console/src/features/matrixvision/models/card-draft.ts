import { problemsOf } from '@millwright/kernel';
import { type CardSource, cardSchema } from '@millwright/matrixvision';

/** A card while it is written: any JSON, since every step on the way is kept. */
export type CardDraft = Readonly<Record<string, unknown>>;

export interface CardProblem {
  readonly path: string;
  readonly code: string;
  readonly values: Readonly<Record<string, unknown>>;
  readonly text: string;
}

/** The families as a person chooses them: one whose form differs is a choice of its own. */
export const heads = [
  { id: 'yolo anchor-free', output: { family: 'yolo', form: 'anchor-free' } },
  { id: 'yolo objectness', output: { family: 'yolo', form: 'objectness' } },
  { id: 'yolo end-to-end', output: { family: 'yolo', form: 'end-to-end' } },
  { id: 'yolox', output: { family: 'yolox' } },
  { id: 'nanodet', output: { family: 'nanodet', range: 7 } },
  { id: 'ssd scores', output: { family: 'ssd', form: 'scores' } },
  { id: 'ssd detections', output: { family: 'ssd', form: 'detections' } },
  { id: 'detr queries', output: { family: 'detr', form: 'queries' } },
  { id: 'detr detections', output: { family: 'detr', form: 'detections' } },
  { id: 'centernet', output: { family: 'centernet', heatmap: 'heatmap', size: 'size' } },
] as const satisfies readonly { id: string; output: Partial<CardSource['output']> }[];
export type HeadId = (typeof heads)[number]['id'];

/** What pixels become before the network sees them, as the usual exporters want it; colours in the order of the card. */
export const normalisations = {
  bytes: { scale: 1, mean: [0, 0, 0], deviation: [1, 1, 1] },
  unit: { scale: 1 / 255, mean: [0, 0, 0], deviation: [1, 1, 1] },
  signed: { scale: 1 / 255, mean: [0.5, 0.5, 0.5], deviation: [0.5, 0.5, 0.5] },
  imagenet: { scale: 1 / 255, mean: [0.485, 0.456, 0.406], deviation: [0.229, 0.224, 0.225] },
  imagenetBytes: { scale: 1, mean: [123.675, 116.28, 103.53], deviation: [58.395, 57.12, 57.375] },
} as const;
export type NormalisationId = keyof typeof normalisations;

const objectOf = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};

export const inputOf = (card: CardDraft) => objectOf(card.input);

/** A card with one member of its input changed; undefined takes it out. */
export function withInput(card: CardDraft, change: Readonly<Record<string, unknown>>): CardDraft {
  return { ...card, input: withoutUndefined({ ...inputOf(card), ...change }) };
}

export const withoutUndefined = (members: Readonly<Record<string, unknown>>): CardDraft =>
  Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined));

/** Which head a card has; undefined for none that is known. */
export function headOf(card: CardDraft): HeadId | undefined {
  const { family, form } = objectOf(card.output);
  return heads.find(
    ({ output }) => output.family === family && (!('form' in output) || output.form === (form ?? 'queries')),
  )?.id;
}

/** Another head: options of the one before would not be understood. */
export const withHead = (card: CardDraft, id: HeadId): CardDraft => ({
  ...card,
  output: { ...heads.find((head) => head.id === id)!.output },
});

/** Undefined: numbers of its own. */
export function normalisationOf(card: CardDraft): NormalisationId | undefined {
  const { scale = 1, mean = [0, 0, 0], deviation = [1, 1, 1] } = inputOf(card);
  const near = (one: unknown, other: number) => typeof one === 'number' && Math.abs(one - other) < 1e-6;
  const all = (one: unknown, others: readonly number[]) =>
    Array.isArray(one) && one.length === 3 && others.every((other, place) => near(one[place], other));
  return (Object.keys(normalisations) as NormalisationId[]).find((id) => {
    const wanted = normalisations[id];
    return near(scale, wanted.scale) && all(mean, wanted.mean) && all(deviation, wanted.deviation);
  });
}

/** What is wrong with it, each with its place; the file and its hash are put in by the server. */
export function problemsOfCard(card: CardDraft): CardProblem[] {
  const parsed = cardSchema.safeParse({ ...card, file: 'network.onnx' });
  return parsed.success ? [] : (problemsOf(parsed.error) as readonly CardProblem[]).map((problem) => ({ ...problem }));
}

/** Names of classes, one a line; a usual list stays as it is named. */
export const classesText = ({ classes }: CardDraft): string =>
  Array.isArray(classes) ? classes.join('\n') : String(classes ?? '');

export function classesFrom(text: string): CardDraft['classes'] {
  const names = text
    .split('\n')
    .map((name) => name.trim())
    .filter(Boolean);
  const [only] = names;
  return names.length === 1 && (only === 'coco80' || only === 'coco91') ? only : names;
}

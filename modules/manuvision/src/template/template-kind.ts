import { deflateSync, inflateSync } from 'node:zlib';
import type { Picture, Plane } from '@millwright/imaging';
import { alignReference } from '@millwright/imaging';
import { z } from 'zod';
import { manuvisionErrors } from '../errors.ts';
import type { Inspection, InspectionKind, Judgement } from '../kinds/inspection.ts';
import { certifiedSeconds, probe, spareMegabytes } from '../kinds/probe.ts';
import type { ModelFile } from '../model-file/model-file.ts';
import { boundsOf, outsideBounds } from './compare.ts';
import { type GoldenTemplate, templateOfOne } from './golden-template.ts';
import { judgeLaid, type TemplateJudgement } from './judge-picture.ts';
import { type LaidPicture, layPicture, rimOf } from './lay-picture.ts';
import { learnTemplate } from './learn-template.ts';
import { bytesOf, planeOf } from './picture-planes.ts';
import { joined, templateNetwork } from './template-network.ts';
import { templateSettingsSchema, usualEdge } from './template-settings.ts';

const methodVersion = '1';

const cardSettingsSchema = z.object({
  given: templateSettingsSchema,
  width: z.number().int().min(1),
  height: z.number().int().min(1),
  channels: z.union([z.literal(1), z.literal(3)]),
  edge: z.number().int().min(0).max(8),
  level: z.number().int().min(0).max(255),
});

/** Golden template: a picture is laid on a good part, and what differs by more than good parts do is found and classed. */
export const templateKind: InspectionKind = {
  ...{ name: 'template', settings: templateSettingsSchema, learns: true },
  async train({ good, defects }, settings, seed, work) {
    const given = templateSettingsSchema.parse(settings ?? {});
    const { template, heldOut } = await learnTemplate(good, given, work);
    const { width, height, mean, allowed, look, edge, level } = template;
    const packed = (bytes: Uint8Array) => new Uint8Array(deflateSync(bytes, { level: 6 }));
    return {
      network: templateNetwork(boundsOf(template), width, height),
      card: {
        ...{ format: 1, kind: 'template', methodVersion, seed, threshold: 0, heldOut },
        trainedOn: { good: good.length, defects: defects.length },
        settings: { given, width, height, channels: mean.length, edge, level },
      },
      attachments: { look: packed(bytesOf(look)), mean: packed(joined(mean)), allowed: packed(joined(allowed)) },
    };
  },
  async open(model): Promise<Inspection> {
    const template = templateFrom(model);
    const { InferenceSession, Tensor } = await import('onnxruntime-node');
    const session = await InferenceSession.create(model.network, { intraOpNumThreads: 1 });
    const dims = [template.mean.length, template.height, template.width];
    const excessOf = async ({ planes }: LaidPicture) => {
      const { excess } = await session.run({ planes: new Tensor('uint8', joined(planes), dims) });
      return excess!.data as Float32Array;
    };
    return {
      judge: async (picture) => judgement(template, picture, excessOf),
      close: () => session.release(),
    };
  },
  async openTrained(model): Promise<Inspection> {
    const template = templateFrom(model);
    const bounds = boundsOf(template);
    return {
      judge: async (picture) =>
        judgement(template, picture, async ({ planes }) => excessBy(bounds, planes, template.width * template.height)),
      close: async () => undefined,
    };
  },
  async estimate({ good }, settings, work) {
    const given = templateSettingsSchema.parse(settings ?? {});
    const [base] = good;
    const target = base && templateOfOne(await base.read(), given, usualEdge);
    const probed = await probe(
      { good, defects: [] },
      work,
      async (picture) => target && layPicture(target, picture, 0),
    );
    const { pictures, seconds, pixels, megabytes } = probed;
    return {
      // Where each lies is found once, laid and compared up to three times.
      seconds: 2 * pictures * seconds + certifiedSeconds(probed, 2),
      // Sums of each place, and the templates that are compared.
      megabytes: megabytes + (pixels * 150) / 1e6 + spareMegabytes(probed),
    };
  },
};

/** Throws MANUVISION_MODEL_METHOD, and MANUVISION_MODEL_DAMAGED where the parts do not fit each other. */
export function templateFrom({ card, attachments }: ModelFile): GoldenTemplate {
  const file = 'the model';
  if (card.methodVersion !== methodVersion)
    throw manuvisionErrors.MANUVISION_MODEL_METHOD({
      ...{ file, kind: card.kind, version: card.methodVersion, known: methodVersion },
    });
  const parsed = cardSettingsSchema.safeParse(card.settings);
  if (!parsed.success) throw manuvisionErrors.MANUVISION_MODEL_DAMAGED({ file, reason: 'its card is not valid' });
  const { given, width, height, channels, edge, level } = parsed.data;
  const planes = (name: string, count: number) => {
    const length = width * height;
    const bytes = attachments[name] && inflateSync(attachments[name], { maxOutputLength: length * count });
    if (bytes?.length !== length * count)
      throw manuvisionErrors.MANUVISION_MODEL_DAMAGED({ file, reason: `its ${name} is not as large as the template` });
    return Array.from({ length: count }, (_, at) => new Uint8Array(bytes.subarray(at * length, (at + 1) * length)));
  };
  const look = planeOf(planes('look', 1)[0]!, width, height);
  return {
    ...{ width, height, settings: given, edge, level, look, threshold: card.threshold ?? 0 },
    ...{ reference: alignReference(look), mean: planes('mean', channels), allowed: planes('allowed', channels) },
  };
}

async function judgement(
  template: GoldenTemplate,
  picture: Picture,
  excessOf: (laid: LaidPicture) => Promise<Float32Array>,
): Promise<Judgement> {
  const laid = layPicture(template, picture, rimOf(template));
  const excess = await excessOf(laid);
  const outside = Uint8Array.from(excess, (value) => (value > 0 ? 1 : 0));
  const judged = judgeLaid(template, laid, outside, picture);
  const ng = judged.score > template.threshold;
  return {
    ...{ score: judged.score, verdict: ng ? 'ng' : 'ok', class: ng ? (judged.boxes[0]?.className ?? null) : null },
    ...{ value: null, confidence: null, boxes: judged.boxes },
    heatmap: heatmapOf(judged, excess, template, picture),
  };
}

/** As the network, without it. */
function excessBy(bounds: ReturnType<typeof boundsOf>, planes: readonly Uint8Array[], length: number): Float32Array {
  const outside = outsideBounds(bounds, planes);
  const excess = new Float32Array(length);
  for (let at = 0; at < length; at++) {
    if (!outside[at]) continue;
    for (const [channel, seen] of planes.entries())
      excess[at] = Math.max(
        excess[at]!,
        bounds.lower[channel]![at]! - seen[at]!,
        seen[at]! - bounds.upper[channel]![at]!,
      );
  }
  return excess;
}

/** Longer side of the heat map. */
const heatmapSide = 256;

/** What is beyond tolerance within the defects, 0 to 1, where it lies in the picture. */
function heatmapOf(
  { regions, placement: { transform } }: TemplateJudgement,
  excess: Float32Array,
  { width }: GoldenTemplate,
  picture: Pick<Picture, 'width' | 'height'>,
): Plane {
  const scale = Math.min(1, heatmapSide / Math.max(picture.width, picture.height));
  const across = Math.max(1, Math.round(picture.width * scale));
  const down = Math.max(1, Math.round(picture.height * scale));
  const data = new Float32Array(across * down);
  const [a, b, c, d, e, f] = transform;
  for (const { pixels } of regions)
    for (const at of pixels) {
      const x = at % width;
      const y = (at - x) / width;
      const column = Math.floor((a * x + b * y + c) * scale);
      const row = Math.floor((d * x + e * y + f) * scale);
      if (column < 0 || row < 0 || column >= across || row >= down) continue;
      const place = row * across + column;
      data[place] = Math.max(data[place]!, excess[at]! / 255);
    }
  return { width: across, height: down, data };
}

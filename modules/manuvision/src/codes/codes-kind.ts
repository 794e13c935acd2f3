import { greyPlane, type Picture } from '@millwright/imaging';
import { OnnxGraph } from '@millwright/inference';
import { isMillwrightError } from '@millwright/kernel';
import { z } from 'zod';
import { manuvisionErrors } from '../errors.ts';
import type { FoundBox, Inspection, InspectionKind, Judgement } from '../kinds/inspection.ts';
import { estimateByJudging } from '../kinds/probe.ts';
import { judgeWithin, regionSchema, wholePicture } from '../kinds/region-setting.ts';
import type { CodeRead } from './code-read.ts';
import { expectedValues } from './expected.ts';
import { formatsNamed } from './formats.ts';
import { readCodes } from './read-codes.ts';
import { Reading } from './reading.ts';
import { type CodesSettings, codesSettingsSchema } from './settings.ts';
import { wholeArea } from './work-area.ts';

const methodVersion = '1';

/** At the line there is less time than for a single hard picture. */
const kindSettingsSchema = codesSettingsSchema
  .extend({
    budgetMs: codesSettingsSchema.shape.budgetMs.default(200),
    /** The part of the picture that codes are looked for in, in shares of its width and height. */
    region: regionSchema.default(wholePicture),
  })
  .superRefine(({ pattern, formats }, context) => {
    const said = (path: string, check: () => unknown) => {
      try {
        check();
      } catch (error) {
        if (!isMillwrightError(error)) throw error;
        context.addIssue({ code: 'custom', path: [path], message: error.message });
      }
    };
    said('pattern', () => expectedValues({ known: [], pattern }));
    said('formats', () => formatsNamed(formats));
  });

/**
 * Reading codes at the line: OK is a picture whose code is read and is one that there can be. A code that is read and is
 * another is not OK; one that cannot be read is refused. Good parts teach which formats there are.
 */
export const codesKind: InspectionKind = {
  ...{ name: 'codes', settings: kindSettingsSchema, learns: false },
  async train({ good, defects }, settings, seed, work) {
    const given = kindSettingsSchema.parse(settings ?? {});
    const reading = new Reading(given, 1, work.signal);
    const formats = new Set<string>();
    for (const [at, part] of good.entries()) {
      work.signal.throwIfAborted();
      work.progress(at / good.length, part.name);
      const whole = wholeArea(greyPlane(await part.read()), Number.POSITIVE_INFINITY);
      for (const code of await reading.plain(whole)) formats.add(code.format);
    }
    return {
      network: emptyNetwork(),
      card: {
        ...{ format: 1, kind: 'codes', methodVersion, seed, threshold: null },
        trainedOn: { good: good.length, defects: defects.length },
        settings: { ...given, formats: given.formats.length > 0 ? given.formats : [...formats].sort() },
      },
      attachments: {},
    };
  },
  estimate: (parts, settings, work) => estimateByJudging(codesKind, parts, settings, work),
  async open({ card }, work): Promise<Inspection> {
    const file = 'the model';
    if (card.methodVersion !== methodVersion)
      throw manuvisionErrors.MANUVISION_MODEL_METHOD({
        ...{ file, kind: card.kind, version: card.methodVersion, known: methodVersion },
      });
    const settings = kindSettingsSchema.safeParse(card.settings);
    if (!settings.success)
      throw manuvisionErrors.MANUVISION_MODEL_DAMAGED({ file, reason: z.prettifyError(settings.error) });
    const { region, ...reading } = settings.data;
    return {
      judge: (picture) => judgeWithin(region, picture, (cut) => judge(cut, reading, work.signal)),
      close: async () => undefined,
    };
  },
};

async function judge(picture: Picture, settings: CodesSettings, signal: AbortSignal): Promise<Judgement> {
  const { codes, notTaken } = await readCodes(picture, settings, signal);
  const [code] = [...codes].sort((a, b) => b.confidence - a.confidence);
  return {
    score: null,
    verdict: code ? 'ok' : notTaken.length > 0 ? 'ng' : 'refused',
    class: code?.format ?? null,
    value: code?.value ?? notTaken[0] ?? null,
    confidence: code?.confidence ?? null,
    ...{ boxes: codes.map(boxOf), heatmap: null },
  };
}

function boxOf({ corners, format, confidence }: CodeRead): FoundBox {
  const [xs, ys] = [corners.map(([x]) => x), corners.map(([, y]) => y)];
  const [x, y] = [Math.floor(Math.min(...xs)), Math.floor(Math.min(...ys))];
  const [right, bottom] = [Math.ceil(Math.max(...xs)), Math.ceil(Math.max(...ys))];
  return { x, y, width: right - x, height: bottom - y, className: format, score: confidence };
}

/** Reading a code is no network: the file carries the settings, and a network that passes its input on. */
function emptyNetwork(): Uint8Array {
  const graph = new OnnxGraph('codes');
  const input = graph.input('picture', 'float32', [1]);
  graph.output('same', graph.node('Identity', [input]), 'float32', [1]);
  return graph.encode();
}

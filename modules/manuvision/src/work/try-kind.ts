import { greyPlane } from '@millwright/imaging';
import { canonicalJson } from '@millwright/ledger';
import type { z } from 'zod';
import { readAs } from '../datasets/read-picture-file.ts';
import { manuvisionErrors } from '../errors.ts';
import type { Inspection } from '../kinds/inspection.ts';
import { inspectionKind } from '../kinds/registry.ts';
import { settingsOf } from '../kinds/settings-of.ts';
import { edgesOf } from '../measuring/found.ts';
import { measurePicture } from '../measuring/measure-picture.ts';
import type { measuringSettingsSchema } from '../measuring/measuring-kind.ts';
import type { MeasuredPart, Tried, TryRequest } from './messages.ts';

/** The one tried last, since a person who sets something tries the same again and again. */
let last: { readonly key: string; readonly inspection: Inspection } | undefined;

/** Throws MANUVISION_KIND_LEARNS, MANUVISION_SETTINGS_INVALID, and what reading the picture throws. */
export async function tryKind(request: TryRequest, signal: AbortSignal): Promise<Tried> {
  const kind = await inspectionKind(request.kind);
  if (kind.learns) throw manuvisionErrors.MANUVISION_KIND_LEARNS({ kind: kind.name });
  const settings = settingsOf(kind, request.settings);
  const picture = await readAs(request.picture, request.reading);
  const key = canonicalJson([kind.name, settings]);
  if (last?.key !== key) {
    await last?.inspection.close();
    last = undefined;
    // It lives longer than the question does.
    const work = { cache: request.cache, signal: new AbortController().signal, progress: () => undefined };
    const model = await kind.train({ good: [], defects: [] }, settings, 1, work);
    last = { key, inspection: await kind.open(model, work) };
  }
  signal.throwIfAborted();
  const { heatmap, ...judgement } = await last.inspection.judge(picture);
  const measured = kind.name === 'measuring' ? measure(settings as MeasuringSettings, greyPlane(picture)) : null;
  return { ...judgement, measured };
}

type MeasuringSettings = z.output<typeof measuringSettingsSchema>;

function measure({ plan, calibration }: MeasuringSettings, plane: ReturnType<typeof greyPlane>): MeasuredPart | null {
  if (!plan) return null;
  const { features, datum, found } = measurePicture(plane, plan, calibration ?? undefined);
  const edges = [...found].map(([name, one]) => [name, edgesOf(one).flatMap(({ x, y }) => [x, y])] as const);
  return { features, datum, edges: Object.fromEntries(edges) };
}

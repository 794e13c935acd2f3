import { greyPlane, type Picture } from '@millwright/imaging';
import type { Calibration } from './calibration.ts';
import { manuvisionMeasuringErrors } from './errors.ts';
import { measurePicture } from './measure-picture.ts';
import type { MeasuringPlan } from './plan.ts';
import { type StudiedFeature, studiedFeatures } from './studied-features.ts';
import type { StudyPlace } from './study-place.ts';
import type { FeatureTrial } from './trials-csv.ts';

export interface StudyPicture extends StudyPlace {
  readonly fileName: string;
  read(): Promise<Picture>;
}

/** One measurement, with the picture it was made in. */
export interface PictureTrial extends FeatureTrial {
  readonly fileName: string;
}

export interface StudiedPictures {
  readonly features: readonly StudiedFeature[];
  readonly trials: readonly PictureTrial[];
}

interface StudyWork {
  readonly signal: AbortSignal;
  progress(fraction: number, message: string): void;
}

/**
 * Measures every picture by the plan and studies what came of it. Throws MANUVISION_STUDY_REFUSED for a feature that a picture does
 * not show, what reading a picture throws, and what `gaugeStudy` throws.
 */
export async function studyPictures(
  pictures: readonly StudyPicture[],
  plan: MeasuringPlan,
  calibration: Calibration | undefined,
  { signal, progress }: StudyWork,
): Promise<StudiedPictures> {
  const trials: PictureTrial[] = [];
  const units = new Map<string, StudiedFeature['unit']>();
  for (const [at, { fileName, part, operator, read }] of pictures.entries()) {
    signal.throwIfAborted();
    progress(at / pictures.length, fileName);
    const plane = greyPlane(await read());
    for (const { name, value, unit, reason } of measurePicture(plane, plan, calibration).features) {
      if (value === null)
        throw manuvisionMeasuringErrors.MANUVISION_STUDY_REFUSED({ file: fileName, name, reason: reason! });
      units.set(name, unit);
      trials.push({ feature: name, part, operator, value, fileName });
    }
  }
  const features = studiedFeatures(trials, (name) => ({ unit: units.get(name) ?? null, ...toleranceOf(plan, name) }));
  return { features, trials };
}

function toleranceOf(plan: MeasuringPlan, name: string): { tolerance?: number } {
  const { plus, minus } = plan.features.find((feature) => feature.name === name)!;
  return plus !== undefined && minus !== undefined && plus + minus > 0 ? { tolerance: plus + minus } : {};
}

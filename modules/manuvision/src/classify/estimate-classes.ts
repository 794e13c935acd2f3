import { openDescriber } from '../features/describe-pictures.ts';
import type { Estimate, TrainingParts, Work } from '../kinds/inspection.ts';
import { certifiedSeconds, probe, spareMegabytes } from '../kinds/probe.ts';
import { classSettingsSchema, layersOf } from './class-settings.ts';
import { viewsOf } from './learn-classes.ts';

/** Choosing a classifier takes so long for each row and class. */
const rowSeconds = 1e-3;
/** With good parts among the classes it is chosen again for each fold of them, on four fifths. */
const foldsShare = 5 * 0.8;

/** Every view of two pictures is described; the classifier is bounded, since there are no more rows than it may have. */
export async function estimateClasses(parts: TrainingParts, settings: unknown, work: Work): Promise<Estimate> {
  const given = classSettingsSchema.parse(settings ?? {});
  const { side, backbone } = given;
  const describer = await openDescriber({ cache: work.cache, side, backbone, layers: layersOf(given) });
  const views = viewsOf(parts.good.length + parts.defects.length);
  const probed = await probe(parts, work, async (picture) => {
    for (let view = 0; view < views; view++) await describer.describe(picture, view);
  });
  await describer.close();
  const { pictures, seconds, slowness, megabytes } = probed;
  const classes = new Set(parts.defects.map(({ className }) => className)).size + (parts.good.length > 0 ? 1 : 0);
  const rows = pictures * views;
  const trainings = 1 + (parts.good.length > 0 ? foldsShare : 0);
  return {
    // What is described is kept for the folds.
    seconds:
      pictures * seconds + rows * classes * rowSeconds * slowness * trainings + certifiedSeconds(probed, 3 / views),
    // Rows stand beside what is chosen of them for a fold, standardised.
    megabytes: megabytes + (4 * rows * describer.features.length * 4) / 1e6 + spareMegabytes(probed),
  };
}

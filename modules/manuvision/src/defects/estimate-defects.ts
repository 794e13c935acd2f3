import { resizedRgb } from '@millwright/imaging';
import { openBackbone } from '@millwright/inference';
import { layersOf } from '../classify/class-settings.ts';
import { featureNetwork } from '../features/feature-network.ts';
import { openNetwork } from '../features/open-network.ts';
import type { Estimate, TrainingParts, Work } from '../kinds/inspection.ts';
import { certifiedSeconds, probe, spareMegabytes } from '../kinds/probe.ts';
import { defectSettingsSchema } from './defect-settings.ts';
import { usualLongSide, workingSize } from './working-size.ts';

/** Fitting what tells places, for all folds: there are no more places than the budget. */
const fitSeconds = 6;
/** Places that are learnt from at most. */
const mostPlaces = 12_000;
/** Times that each picture is looked at: by what good parts teach, for its places, by the folds. */
const looks = 4;

/** Two pictures are described; what is learnt of their places is bounded, whatever the pictures. */
export async function estimateDefects(parts: TrainingParts, settings: unknown, work: Work): Promise<Estimate> {
  const given = defectSettingsSchema.parse(settings ?? {});
  const layers = layersOf(given);
  const frozen = await openBackbone({ name: given.backbone, cache: work.cache, ...(layers ? { layers } : {}) });
  const features = featureNetwork(frozen, 'places');
  await frozen.close();
  const longSide = given.longSide ?? (await usualLongSide(parts));
  const network = await openNetwork(features.network, 'features');
  const probed = await probe(parts, work, (picture) => {
    const { width, height } = workingSize(picture, longSide);
    return network.run(resizedRgb(picture, width, height), width, height);
  });
  await network.close();
  const { pictures, seconds, slowness, megabytes } = probed;
  return {
    seconds: looks * pictures * seconds + fitSeconds * slowness + certifiedSeconds(probed, 3),
    // Places as they are drawn, joined and standardised; what good parts teach beside them is no more.
    megabytes: megabytes + (5 * mostPlaces * features.length * 4) / 1e6 + spareMegabytes(probed),
  };
}

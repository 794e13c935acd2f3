import { openNetwork } from '../features/open-network.ts';
import type { Estimate, TrainingParts, Work } from '../kinds/inspection.ts';
import { certifiedSeconds, probe, spareMegabytes } from '../kinds/probe.ts';
import { alignedParts, referenceOf } from './align-parts.ts';
import { anomalySettingsSchema } from './anomaly-settings.ts';
import { candidates, mostBytes, patchesFor } from './learn-anomaly.ts';
import { total } from './patch-network.ts';
import { tilesOf } from './tiles.ts';

/** Choosing the memory banks of all folds from as many places as there may be, and what a tile adds until there are. */
const bankSeconds = { most: 4, tile: 0.1 };

/** Describing takes a share of the time that follows from two pictures; the banks are bounded, whatever the pictures. */
export async function estimateAnomaly({ good }: TrainingParts, settings: unknown, work: Work): Promise<Estimate> {
  const given = anomalySettingsSchema.parse(settings ?? {});
  const { patches } = await patchesFor(given, work.cache);
  const network = await openNetwork(patches.network, 'anomaly');
  let tiles = 1;
  const parts = alignedParts(good, given.align, await referenceOf(good, given));
  const probed = await probe({ good: parts, defects: [] }, work, async (picture) => {
    const all = tilesOf(picture, given);
    tiles = Math.max(tiles, all.length);
    for (const { bytes, width, height } of all) await network.run(bytes, width, height);
  });
  await network.close();
  const { pictures, seconds, slowness, megabytes } = probed;
  const placeBytes = total(patches.placeLengths) * 4;
  const described = Math.min(mostBytes, pictures * tiles * patches.grid ** 2 * placeBytes);
  const banks = Math.min(bankSeconds.most, pictures * tiles * bankSeconds.tile) * slowness;
  return {
    // Each is described, and once more scored by what the others taught.
    seconds: 1.3 * pictures * seconds + banks + certifiedSeconds(probed, 3),
    // Candidates stand beside their columns, standardised and as the bank.
    megabytes: megabytes + (described + 4 * candidates * placeBytes) / 1e6 + spareMegabytes(probed),
  };
}

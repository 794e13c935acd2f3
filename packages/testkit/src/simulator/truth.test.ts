import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { dayMs } from './model/time-grid.ts';
import { createPlant } from './plant.ts';
import { type PlantTruth, writeTruth } from './truth.ts';

it('writes faults with exact times and affected points, and balances that add up', async () => {
  const from = Date.UTC(2026, 1, 10);
  const plant = createPlant({
    seed: 9,
    commissionedAt: Date.UTC(2026, 0, 1),
    faults: [
      { kind: 'bearing-wear', asset: 'hamburg/compressor-1', from, to: from + dayMs, magnitude: 3 },
      { kind: 'meter-rollover', point: 'hamburg/boiler-1/gas-volume', from, to: from },
    ],
  });
  const folder = await mkdtemp(join(tmpdir(), 'plant-truth-'));
  try {
    const file = join(folder, 'truth.json');
    await writeTruth(plant, file, { from, to: from + dayMs });
    const truth = JSON.parse(await readFile(file, 'utf8')) as PlantTruth;
    expect(truth).toMatchObject({ schema: 'millwright.plant-truth', version: 1, seed: 9 });
    expect(truth.faults).toEqual([
      {
        kind: 'bearing-wear',
        asset: 'hamburg/compressor-1',
        from: '2026-02-10T00:00:00.000Z',
        to: '2026-02-11T00:00:00.000Z',
        magnitude: 3,
        affectedPoints: ['hamburg/compressor-1/vibration', 'hamburg/compressor-1/bearing-temperature'],
      },
      {
        kind: 'meter-rollover',
        point: 'hamburg/boiler-1/gas-volume',
        from: '2026-02-10T00:00:00.000Z',
        to: null,
        magnitude: 0,
        affectedPoints: ['hamburg/boiler-1/gas-volume'],
      },
    ]);
    const balance = truth.balances?.transformers['hamburg/transformer-1'];
    const parts = Object.values(balance!.submeters).reduce((sum, energy) => sum + energy, 0);
    expect(parts + balance!.losses + balance!.unmetered).toBeCloseTo(balance!.supply, 6);
  } finally {
    await rm(folder, { recursive: true });
  }
});

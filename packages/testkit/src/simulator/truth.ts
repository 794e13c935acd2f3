import { writeFile } from 'node:fs/promises';
import { type Fault, magnitudeOf } from './model/faults.ts';
import type { EnergyBalance, Plant } from './plant.ts';

export interface FaultTruth {
  readonly kind: Fault['kind'];
  readonly point?: string;
  readonly asset?: string;
  /** ISO 8601, UTC. `to` is null for faults that do not end. */
  readonly from: string;
  readonly to: string | null;
  readonly magnitude: number;
  readonly affectedPoints: readonly string[];
}

/** What really happened, for detectors to be scored against. */
export interface PlantTruth {
  readonly schema: 'millwright.plant-truth';
  readonly version: 1;
  readonly seed: number;
  readonly commissionedAt: string;
  /** How to compute what each point would have shown. */
  readonly trueValues: string;
  readonly faults: readonly FaultTruth[];
  /** By transformer; present when a period was asked for. */
  readonly balances?: {
    readonly from: string;
    readonly to: string;
    readonly transformers: Readonly<Record<string, EnergyBalance>>;
  };
}

function iso(timeMs: number): string {
  return new Date(timeMs).toISOString();
}

export function plantTruth(plant: Plant, period?: { from: number; to: number }): PlantTruth {
  const transformers = plant.description.sites
    .flatMap((site) => site.areas)
    .flatMap((area) => area.lines)
    .flatMap((line) => line.assets)
    .filter((asset) => asset.kind === 'transformer');
  return {
    schema: 'millwright.plant-truth',
    version: 1,
    seed: plant.seed,
    commissionedAt: iso(plant.commissionedAt),
    trueValues: `createPlant({ seed: ${plant.seed}, commissionedAt: ${plant.commissionedAt} }).value(key, timeMs)`,
    faults: plant.faults.map((fault) => ({
      kind: fault.kind,
      ...(fault.point !== undefined && { point: fault.point }),
      ...(fault.asset !== undefined && { asset: fault.asset }),
      from: iso(fault.from),
      to: fault.kind === 'meter-rollover' || fault.kind === 'meter-change' ? null : iso(fault.to),
      magnitude: magnitudeOf(fault),
      affectedPoints: plant.affectedPoints(fault),
    })),
    ...(period && {
      balances: {
        from: iso(period.from),
        to: iso(period.to),
        transformers: Object.fromEntries(
          transformers.map(({ key }) => [key, plant.balance(key, period.from, period.to)]),
        ),
      },
    }),
  };
}

/** Writes the truth as JSON. With a period, the energy balance of each transformer over it is part of the truth. */
export async function writeTruth(plant: Plant, file: string, period?: { from: number; to: number }): Promise<void> {
  await writeFile(file, `${JSON.stringify(plantTruth(plant, period), null, 2)}\n`);
}

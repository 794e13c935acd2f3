import { type Region, seededRandom, shuffled } from '@millwright/imaging';
import {
  type Backbone,
  bundledBackbones,
  joinNetworks,
  networkParts,
  openBackbone,
  openSession,
  Tensor,
} from '@millwright/inference';
import type { BankOrigins } from '../explanations/bank-origins.ts';
import { keptNetwork } from '../features/kept-network.ts';
import { openNetwork } from '../features/open-network.ts';
import type { PartPicture, Work } from '../kinds/inspection.ts';
import { chosenRows, type Rows, rowsOf } from '../learning/rows.ts';
import { standardised, standardOf } from '../learning/standardise.ts';
import type { HeldOutScore } from '../model-file/model-file.ts';
import { foldsOf } from '../threshold/folds.ts';
import type { AnomalySettings } from './anomaly-settings.ts';
import { calibrationOf, type Distances, scoreOf } from './calibration.ts';
import { whitening } from './gaussian.ts';
import { memoryBank } from './memory-bank.ts';
import { type PatchNetwork, patchNetwork, total } from './patch-network.ts';
import { type GoodParts, type Places, scoringNetwork } from './scoring-network.ts';
import { sharesOf, tilesOf } from './tiles.ts';

/** What is learnt from good parts. */
export interface LearntAnomaly {
  /** The whole of it, from the picture to score and map. */
  readonly network: Uint8Array;
  readonly backbone: Pick<Backbone, 'name' | 'version' | 'licence' | 'sha256'> & { readonly layers: readonly string[] };
  readonly grid: number;
  /** Pictures that were learnt from: fewer than there are where their descriptions would not fit into memory. */
  readonly used: number;
  readonly heldOut: readonly HeldOutScore[];
  /** Where the rows of the memory bank come from. */
  readonly origins: BankOrigins;
}

/** Descriptions of all pictures together take no more than this. */
export const mostBytes = 320 * 1024 ** 2;
/** Places that the memory bank is chosen from. */
export const candidates = 12_000;
const foldCount = 5;
/** Of fewer parts no spread can be measured that another part would be counted by. */
const fewestToCountBy = 8;
/** A layer of each stride that places are described by says most for its cost. */
const strides = ['stride16', 'stride32'];

interface Described {
  readonly name: string;
  readonly group: string;
  /** Of each tile. */
  readonly tiles: readonly DescribedTile[];
}

interface DescribedTile {
  readonly places: Float32Array;
  readonly whole: Float32Array;
  /** What it covers, in shares of its picture. */
  readonly area: Region;
}

/**
 * Learns what good parts look like, and how far good parts that it has not seen are from that: the distances of each fold by
 * what the others taught give the calibration and the held-out scores.
 */
export async function learnAnomaly(
  good: readonly PartPicture[],
  settings: AnomalySettings,
  seed: number,
  work: Work,
): Promise<LearntAnomaly> {
  const { backbone, patches } = await patchesFor(settings, work.cache);
  const described = await describe(good, patches, settings, seed, work);
  const places: Places = { grid: patches.grid, worst: Math.max(Math.round(patches.grid ** 2 * settings.worst), 1) };

  const distances = new Map<string, Distances[]>();
  const folds = foldsOf(described, foldCount, seed);
  for (const [at, fold] of folds.entries()) {
    work.signal.throwIfAborted();
    work.progress(0.7 + (0.25 * at) / folds.length, 'held out');
    const kept = new Set(fold);
    const others = described.filter((one) => !kept.has(one));
    const { parts } = goodParts(others, patches, settings.bank, seed);
    const network = scoringNetwork(parts, places, patches.opset).encode();
    for (const [name, own] of await distancesOf(fold, network, patches)) distances.set(name, own);
  }
  work.signal.throwIfAborted();
  const layers = { whole: patches.wholeLengths.length, places: patches.placeLengths.length };
  const calibration = calibrationOf([...distances.values()].flat(), layers, places);
  const { parts, rows } = goodParts(described, patches, settings.bank, seed);
  const score = scoringNetwork(parts, places, patches.opset, calibration);
  const network = joinNetworks(
    [
      { prefix: 'patches', parts: networkParts(patches.network, 'patches') },
      { prefix: 'score', parts: networkParts(score.encode(), 'score') },
    ],
    ['score', 'map'],
  );
  const heldOut = folds.flatMap((fold) => {
    // What a part is counted by must not know it, or the held-out scores flatter themselves.
    const own = new Set(fold.map(({ name }) => name));
    const others = [...distances].flatMap(([name, tiles]) => (own.has(name) ? [] : tiles));
    const counted = others.length < fewestToCountBy ? calibration : calibrationOf(others, layers, places);
    return [...own].map((name) => {
      const scores = distances.get(name)!.map((tile) => scoreOf(tile, counted, places));
      return { name, score: Math.max(...scores) };
    });
  });
  heldOut.sort((a, b) => (a.name < b.name ? -1 : 1));
  const { name, version, licence, sha256 } = backbone;
  return {
    ...{ network, grid: patches.grid, used: described.length, heldOut },
    origins: {
      view: { tile: settings.tile, region: settings.region, side: settings.side, grid: patches.grid, longSide: null },
      within: '',
      pictures: described.map((one) => one.name),
      tiles: described.flatMap((one, picture) => one.tiles.map(({ area }) => ({ picture, ...area }))),
      layers: rows,
    },
    backbone: { name, version, licence, sha256, layers: patches.layers },
  };
}

/** The network that describes places, on the frozen layers that the settings ask for. */
export async function patchesFor(settings: AnomalySettings, cache: string) {
  const known = bundledBackbones.find(({ name }) => name === settings.backbone)?.layers ?? {};
  const layers = settings.layers ?? (strides.every((name) => Object.hasOwn(known, name)) ? strides : undefined);
  const backbone = await openBackbone({ name: settings.backbone, cache, ...(layers ? { layers } : {}) });
  const patches = patchNetwork(backbone, settings.tile === null ? settings : { ...settings, region: whole });
  await backbone.close();
  return { backbone, patches };
}

const whole = { x: 0, y: 0, width: 1, height: 1 };

async function describe(
  good: readonly PartPicture[],
  patches: PatchNetwork,
  settings: AnomalySettings,
  seed: number,
  work: Work,
): Promise<Described[]> {
  const network = keptNetwork(await openNetwork(patches.network, 'anomaly'), patches.network, work.kept);
  const tileBytes = (patches.grid ** 2 * total(patches.placeLengths) + total(patches.wholeLengths)) * 4;
  let left = Math.max(Math.floor(mostBytes / tileBytes), 1);
  const described: Described[] = [];
  try {
    // In an order of the seed's, so that what does not fit is left out evenly.
    for (const [at, part] of shuffled(good, seededRandom(seed)).entries()) {
      if (left <= 0) break;
      work.signal.throwIfAborted();
      work.progress((0.7 * at) / good.length, part.name);
      const tiles: DescribedTile[] = [];
      const picture = await part.read();
      for (const tile of tilesOf(picture, settings)) {
        const { places, whole } = await network.run(tile.bytes, tile.width, tile.height);
        tiles.push({ places: places!.data, whole: whole!.data, area: sharesOf(tile.area, picture) });
      }
      left -= tiles.length;
      described.push({ name: part.name, group: part.group, tiles });
    }
  } finally {
    await network.close();
  }
  return described.sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** `rows` says of each layer's bank where its rows come from: number of the tile x places of a tile + place. */
function goodParts(
  described: readonly Described[],
  patches: PatchNetwork,
  most: number,
  seed: number,
): { parts: GoodParts; rows: number[][] } {
  const tiles = described.flatMap((one) => one.tiles);
  const wholes = rowsOf(tiles.map((tile) => tile.whole));
  const places = candidatesOf(tiles, patches, seed);
  const banks = columnsOf(places, patches.placeLengths).map((rows) => {
    const standard = standardOf(rows);
    const own = standardised(rows, standard);
    return { standard, own, kept: memoryBank(own, most, seed) };
  });
  const parts = {
    places: banks.map(({ standard, own, kept }) => ({ standard, bank: chosenRows(own, kept) })),
    whole: columnsOf(wholes, patches.wholeLengths).map((rows) => {
      const standard = standardOf(rows);
      return { standard, whitening: whitening(rows, standard) };
    }),
  };
  return { parts, rows: banks.map(({ kept }) => kept.map((row) => places.from[row]!)) };
}

/** The same rows parted into layers. */
function columnsOf({ count, length, data }: Rows, lengths: readonly number[]): Rows[] {
  let end = 0;
  return lengths.map((own) => {
    const start = end;
    end += own;
    const part = new Float32Array(count * own);
    for (let row = 0; row < count; row++) part.set(data.subarray(row * length + start, row * length + end), row * own);
    return { count, length: own, data: part };
  });
}

/** As many places of each tile, drawn by the seed. */
function candidatesOf(
  tiles: Described['tiles'],
  { grid, placeLengths }: PatchNetwork,
  seed: number,
): Rows & { readonly from: readonly number[] } {
  const placeLength = total(placeLengths);
  const random = seededRandom(seed);
  const each = Math.min(Math.ceil(candidates / tiles.length), grid ** 2);
  const all = Array.from({ length: grid ** 2 }, (_, at) => at);
  const data = new Float32Array(tiles.length * each * placeLength);
  let at = 0;
  const from: number[] = [];
  for (const [tile, { places }] of tiles.entries())
    for (const place of shuffled(all, random).slice(0, each)) {
      from.push(tile * grid ** 2 + place);
      data.set(places.subarray(place * placeLength, (place + 1) * placeLength), at);
      at += placeLength;
    }
  return { count: tiles.length * each, length: placeLength, data, from };
}

async function distancesOf(
  described: readonly Described[],
  network: Uint8Array,
  { grid, placeLengths, wholeLengths }: PatchNetwork,
): Promise<Map<string, Distances[]>> {
  const { session } = await openSession(network, { model: 'anomaly', threads: 2 });
  const found = new Map<string, Distances[]>();
  for (const { name, tiles } of described) {
    const own: Distances[] = [];
    for (const tile of tiles) {
      const { wholeDistances, placeDistances } = await session.run({
        places: new Tensor('float32', tile.places, [1, grid ** 2, total(placeLengths)]),
        whole: new Tensor('float32', tile.whole, [1, total(wholeLengths)]),
      });
      own.push({ whole: wholeDistances!.data as Float32Array, places: placeDistances!.data as Float32Array });
    }
    found.set(name, own);
  }
  await session.release();
  return found;
}

import { shuffled } from '@millwright/imaging';
import type { Coverage } from './place-labels.ts';

/** Places of one picture that are learnt from. */
export interface PlaceSample {
  readonly place: number;
  readonly defect: boolean;
  /** How many places of the picture it stands for. */
  readonly weight: number;
}

/** From which share on a place counts as defect; one between this and nothing is not learnt from, since it is both. */
const covered = 0.5;

/** Some places of the defect and some beside it, in no order of theirs; a defect smaller than any place is the place it fills most. */
export function samplePlaces(
  { data, from }: Coverage,
  most: { readonly defect: number; readonly beside: number },
  random: () => number,
): PlaceSample[] {
  const inside: number[] = [];
  const outside: number[] = [];
  let fullest = 0;
  for (const [place, value] of data.entries()) {
    if (value > data[fullest]!) fullest = place;
    if (value >= covered) inside.push(place);
    else if (value === 0) outside.push(place);
  }
  if (inside.length === 0 && data[fullest]! > 0) inside.push(fullest);
  const some = (places: readonly number[], count: number, defect: boolean) => {
    const taken = shuffled(places, random).slice(0, count);
    return taken.map((place) => ({ place, defect, weight: places.length / taken.length }));
  };
  return [...some(inside, most.defect, true), ...(from === 'picture' ? [] : some(outside, most.beside, false))];
}

import type { Observation } from '../observation.ts';
import type { FoundEvent, TrackChunk } from '../runtime/watched-camera.ts';
import { decodeTracks } from '../tracks/track-decoder.ts';
import { encodeTracks } from '../tracks/track-encoder.ts';

/** An event with its times moved by so many milliseconds. */
export function shiftedEvent({ event, ...found }: FoundEvent, ms: number): FoundEvent {
  const { at, since, crossing } = event;
  const place = <P extends { readonly time: number }>(one: P): P => ({ ...one, time: one.time + ms });
  return {
    ...found,
    event: {
      ...{ ...event, at: at + ms, since: since + ms },
      ...(crossing && { crossing: { ...crossing, from: place(crossing.from), to: place(crossing.to) } }),
    },
  };
}

/** Tracks with their times moved: written anew, since they say them. Rules find the same on them, as much later. */
export function shiftedChunk({ bytes, from, to, ...facts }: TrackChunk, ms: number): TrackChunk {
  const moved = decodeTracks(bytes).map((observation) => shiftedObservation(observation, ms));
  return { ...facts, from: from + ms, to: to + ms, bytes: encodeTracks(moved) };
}

function shiftedObservation({ time, objects, regions, ...observation }: Observation, ms: number): Observation {
  return {
    ...observation,
    time: time + ms,
    objects: objects.map(({ earlier, ...object }) => ({
      ...object,
      ...(earlier && { earlier: earlier.map((one) => ({ ...one, time: one.time + ms })) }),
    })),
    ...(regions && { regions: regions.map((region) => ({ ...region, since: region.since + ms })) }),
  };
}

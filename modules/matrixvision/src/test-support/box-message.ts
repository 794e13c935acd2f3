import type { EdgeBoxFacts, ReceivedEdgeMessage } from '@millwright/cloud/server';
import { newId } from '@millwright/kernel';
import { TrackWriter } from '../runtime/track-writer.ts';
import type { TrackChunk } from '../runtime/watched-camera.ts';
import { observationsOf, straight } from './walk.ts';

export interface BoxMessage {
  readonly box: EdgeBoxFacts;
  readonly kind: string;
  readonly payload: object;
  readonly at: number;
  readonly blobs?: ReceivedEdgeMessage['blobs'];
  readonly dropped?: ReceivedEdgeMessage['dropped'];
}

/** Test material: what the server gets of a message that a box sent an hour after it happened. */
export function boxMessage({ box, kind, payload, at, blobs = [], dropped }: BoxMessage): ReceivedEdgeMessage {
  return {
    ...{ box, sequence: 1, id: newId(), part: 'matrixvision', kind, time: at, at, clock: 'measured' },
    ...{ receivedAt: at + 3_600_000, late: true, payload, blobs, ...(dropped && { dropped }) },
  };
}

/** An event of the line-crossing rule `gate`, as the analysis hands it over. */
export const crossingAt = (id: string, at: number) => ({
  ...{ id, width: 640, height: 360 },
  event: {
    ...{ rule: 'gate', kind: 'line-crossing', severity: 'info', at, since: at - 200, tracks: [7], label: 'person' },
    ...{ values: {}, doubts: [], confirmed: true, suppressed: 0, position: { x: 0.5, y: 0.6 } },
    box: { x: 300, y: 100, width: 40, height: 100 },
    crossing: { direction: 'in', from: { x: 0.45, y: 0.6, time: at - 200 }, to: { x: 0.55, y: 0.6, time: at + 100 } },
  },
});

export const gateRule = {
  ...{ id: 'gate', kind: 'line-crossing', name: 'Gate' },
  line: [
    [0.5, 0],
    [0.5, 1],
  ],
};

/** Tracks of a person who walks over the line of `gateRule`, for four seconds from `start` on. */
export function chunkOfWalk(start: number): TrackChunk {
  let written: TrackChunk | undefined;
  const writer = new TrackWriter((chunk) => {
    written = chunk;
  });
  const path = straight([0.2, 0.6], [0.8, 0.6], 40);
  for (const observation of observationsOf([{ track: 7, path }], 100, start)) writer.add(observation);
  writer.flush();
  return written!;
}

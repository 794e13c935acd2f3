import { defineNotes, type Reason } from '@millwright/kernel';

/** What a box did not bring into effect of its stations, while all else of them is. */
export const boxStationNotes = defineNotes('box-station', {
  'model-kept': ({ station, reason }: { readonly station: string; readonly reason: Reason }) =>
    `${station} goes on as it was, since this box refused its model: ${reason}`,
  'model-none': ({ station, reason }: { readonly station: string; readonly reason: Reason }) =>
    `${station} judges nothing, since this box refused its model: ${reason}`,
});

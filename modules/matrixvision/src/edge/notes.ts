import { defineNotes, type Reason } from '@millwright/kernel';

interface Refused {
  readonly camera: string;
  /** Name and version. */
  readonly model: string;
  readonly reason: Reason;
}

/** What a box did not bring into effect of its cameras, while all else of them is. */
export const boxCameraNotes = defineNotes('box-camera', {
  'network-kept': ({ camera, model, kept, reason }: Refused & { readonly kept: string }) =>
    `${camera} goes on with the network ${kept}, since this box refused ${model}: ${reason}`,
  'network-none': ({ camera, model, reason }: Refused) =>
    `${camera} is recorded and shown but looked at by no network, since this box refused ${model}: ${reason}`,
  'network-missing': ({ model, reason }: Omit<Refused, 'camera'>) =>
    `The network ${model} did not come to this box as it should: ${reason}`,
  'camera-kept': ({ camera, reason }: Omit<Refused, 'model'>) =>
    `${camera} goes on as it was, since a file that it needs now is not here: ${reason}`,
  'camera-left-out': ({ camera, reason }: Omit<Refused, 'model'>) =>
    `${camera} does not run, since a file that it needs is not here: ${reason}`,
});

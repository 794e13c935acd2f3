import { defineNotes, type Note } from '@millwright/kernel';

/** Why a file of a data set was left out, or a label of it. */
export const dataSetNotes = defineNotes('manuvision-data', {
  unreadable: ({ reason }: { reason: string }) => `it cannot be read as a picture: ${reason}`,
  'too-large': ({ width, height, limit }: { width: number; height: number; limit: number }) =>
    `it has ${width} x ${height} pixels, more than the ${limit} that are allowed`,
  'no-picture': () => 'it is neither a picture nor a label',
  'labelled-good': () => 'it is labelled as good, but stands among the defects',
  'labelled-defect': ({ className }: { className: string }) =>
    `it is labelled as ${className}, but stands among the good parts`,
  'mask-unreadable': ({ name, reason }: { name: string; reason: string }) =>
    `its mask ${name} cannot be read: ${reason}; the picture is used without it`,
  'mask-size': (sizes: { name: string; maskWidth: number; maskHeight: number; width: number; height: number }) =>
    `its mask ${sizes.name} has ${sizes.maskWidth} x ${sizes.maskHeight} pixels, the picture ${sizes.width} x ${sizes.height}; the picture is used without it`,
  'mask-empty': ({ name }: { name: string }) => `its mask ${name} marks no pixel; the picture is used without it`,
  'mask-of-good': ({ name }: { name: string }) =>
    `its mask ${name} marks places, but it is labelled as good; the mask is not used`,
  'mask-alone': () => 'it is a mask without a picture of its name',
  'label-size': (sizes: { maskWidth: number; maskHeight: number; width: number; height: number }) =>
    `a mask of its label has ${sizes.maskWidth} x ${sizes.maskHeight} pixels, the picture ${sizes.width} x ${sizes.height}; its box is used instead`,
  'region-outside': ({ count }: { count: number }) =>
    `${count} regions of its label lie outside the picture or have no area; they are not used`,
  'regions-refused': ({ count, reason }: { count: number; reason: string }) =>
    `${count} regions of its label were not taken (${reason}); it has its class alone`,
  'label-unreadable': ({ name, reason }: { name: string; reason: string }) =>
    `its label ${name} cannot be read: ${reason}`,
});

export interface LeftOut {
  /** The picture's or file's name within its source. */
  readonly name: string;
  readonly reason: Note;
}

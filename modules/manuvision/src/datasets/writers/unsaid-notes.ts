import type { BayerPattern } from '@millwright/imaging';
import { defineNotes } from '@millwright/kernel';

/** What a format could not say of a picture, or says in another way. */
export const unsaidNotes = defineNotes('manuvision-export', {
  'regions-left-out': ({ count }: { count: number }) => `regions left out: ${count}; the format says only the class`,
  'good-regions-left-out': ({ count }: { count: number }) => `regions left out: ${count}; it is labelled as good`,
  'classes-joined': ({ kept, others }: { kept: string; others: readonly string[] }) =>
    `the format says one class of a picture: regions of ${others} are written as ${kept}`,
  'too-small': ({ count }: { count: number }) => `regions too small to fill a pixel of a mask, left out: ${count}`,
  'boxes-filled': ({ count }: { count: number }) => `boxes that became filled places of a mask: ${count}`,
  'regions-joined': ({ count }: { count: number }) =>
    `regions that became one mask and are no longer told apart: ${count}`,
  'shapes-boxed': ({ count }: { count: number }) => `outlines or masks that became the boxes around them: ${count}`,
  'outlines-filled': ({ count }: { count: number }) => `outlines that became filled places of a mask: ${count}`,
  'masks-overlap': ({ count }: { count: number }) =>
    `regions whose boxes overlap others: ${count}; where they share pixels, the format keeps the later one`,
  'boxes-rounded': ({ count }: { count: number }) => `boxes widened to whole pixels: ${count}`,
  'masks-split': ({ count, pieces }: { count: number; pieces: number }) =>
    `masks of several pieces: ${count}; they became ${pieces} outlines`,
  'holes-filled': ({ count }: { count: number }) => `holes in masks that were filled: ${count}; outlines have none`,
  'whole-picture': ({ className }: { className: string }) =>
    `nobody drew where the defect is: a box of ${className} around the whole picture stands for it`,
  'class-left-out': ({ className }: { className: string }) =>
    `it is labelled as ${className}, but none of its regions is; the format says only classes of regions`,
  'no-label': () => 'nobody said what it shows, which the format cannot say; it was left out',
  'half-changed': () => 'it is a defect of the training half; the format has defects only in the test half',
  renamed: ({ to }: { to: string }) => `it is called ${to} there`,
  'class-renamed': ({ className, to }: { className: string; to: string }) =>
    `the class ${className} is called ${to} there`,
  'rewritten-upright': () => 'it was written anew as PNG with the same pixels, turned as the camera noted',
  'rewritten-page': () => 'it is a page of a stack and was written as a PNG of its own with the same pixels',
  'mosaics-kept': ({ count, bayer }: { count: number; bayer: BayerPattern }) =>
    `the format cannot say that ${count} pictures are the mosaic of a sensor (${bayer}); they are written as they came`,
  'groups-left-out': ({ count }: { count: number }) =>
    `the format cannot say which pictures belong to one part or lot: ${count} pictures lose theirs`,
});

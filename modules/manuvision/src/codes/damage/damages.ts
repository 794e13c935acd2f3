import type { Damage } from './damage.ts';

/**
 * What can happen to a code, each in five strengths: 1 is what a good reader takes in its stride, 5 is hardly a code any more.
 * Lengths are in modules of the code.
 */
export const damages: Readonly<Record<string, Damage>> = {
  dirt: { strengths: [0.04, 0.08, 0.12, 0.17, 0.22].map((dirt) => ({ dirt })) },
  scratches: { strengths: [2, 4, 7, 10, 14].map((scratches) => ({ scratches })) },
  contrast: {
    strengths: [
      { contrast: 0.4, noise: 0.03 },
      { contrast: 0.22, noise: 0.04 },
      { contrast: 0.14, noise: 0.05 },
      { contrast: 0.1, noise: 0.06 },
      { contrast: 0.08, noise: 0.07 },
    ],
  },
  defocus: { strengths: [0.35, 0.6, 0.8, 1, 1.25].map((defocus) => ({ defocus })) },
  motion: { strengths: [0.7, 1.1, 1.5, 2, 2.6].map((motion) => ({ motion })) },
  tilt: { strengths: [25, 40, 50, 60, 68].map((tilt) => ({ tilt })) },
  cylinder: { strengths: [30, 45, 58, 68, 76].map((cylinder) => ({ cylinder })) },
  small: { strengths: [2.2, 1.8, 1.5, 1.25, 1.05].map((moduleSize) => ({ moduleSize })) },
  light: {
    strengths: [
      { light: 0.3, glare: 0 },
      { light: 0.5, glare: 0.3 },
      { light: 0.65, glare: 0.5 },
      { light: 0.78, glare: 0.75 },
      { light: 0.88, glare: 1 },
    ],
  },
  finder: { strengths: [0.2, 0.4, 0.6, 0.8, 1].map((finder) => ({ finder })) },
  dotpeen: { strengths: [0.85, 0.7, 0.58, 0.48, 0.4].map((dots) => ({ dots, metal: 0.5 })) },
  rotation: { strengths: [10, 20, 30, 38, 45].map((rotation) => ({ rotation })) },
  ladle: {
    strengths: [
      { dirt: 0.02, light: 0.2, tilt: 15, motion: 0.3, metal: 0.5, noise: 0.02, contrast: 0.7 },
      { dirt: 0.04, light: 0.35, tilt: 25, motion: 0.6, metal: 0.8, noise: 0.02, contrast: 0.6 },
      { dirt: 0.06, light: 0.5, tilt: 32, motion: 0.9, metal: 1, noise: 0.03, contrast: 0.5 },
      { dirt: 0.09, light: 0.6, tilt: 40, motion: 1.2, metal: 1.2, noise: 0.03, contrast: 0.45 },
      { dirt: 0.12, light: 0.7, tilt: 48, motion: 1.5, metal: 1.4, noise: 0.04, contrast: 0.4 },
    ],
  },
};

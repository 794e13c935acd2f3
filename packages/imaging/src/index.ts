/** Pictures as numbers: reading them safely, and what measuring and comparing them is made of. */
export { type Component, type Components, connectedComponents } from './components.ts';
export { imagingErrors } from './errors.ts';
export { gaussianBlur } from './gaussian-blur.ts';
export { greyPlane } from './grey-plane.ts';
export { emptyPlane, type Picture, type Plane, type Region } from './picture.ts';
export { rgbBytes } from './picture-bytes.ts';
export { type ReadOptions, readPicture, usualPixelLimit } from './read-picture.ts';
export { resizePlane } from './resize.ts';
export { sampleAt } from './sample.ts';
export { type Transform, warp } from './warp.ts';

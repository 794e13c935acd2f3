/** Pictures as numbers: reading them safely, and what measuring and comparing them is made of. */

export {
  type Alignment,
  type AlignOptions,
  type AlignReference,
  alignAffine,
  alignReference,
  type Motion,
  type Pyramid,
  pyramidOf,
} from './align-affine.ts';
export { alignLocal, type LocalAlignOptions, type ShiftField, warpLocally } from './align-local.ts';
export { boxBlur } from './box-blur.ts';
export { type CameraCalibration, calibrateCamera } from './calibrate-camera.ts';
export {
  type Camera,
  directionOf,
  type Pose,
  projectPlanePoint,
  rotationMatrix,
  rotationVector,
  seenAt,
} from './camera.ts';
export { type Component, type Components, connectedComponents } from './components.ts';
export { type Contour, contoursAt, polygonArea, polygonPerimeter } from './contour.ts';
export { convolve, discKernel, type Kernel, lineKernel } from './convolve.ts';
export { cutPicture, cutPlane } from './cut-out.ts';
export { type BayerPattern, bayerPatterns, demosaic } from './demosaic.ts';
export { type DrawnDefect, type DrawnPart, type DrawnPartOptions, drawnDefects, drawPart } from './drawn-part.ts';
export { imagingErrors } from './errors.ts';
export { type Checkerboard, findCheckerboard } from './find-checkerboard.ts';
export { findPattern } from './find-pattern.ts';
export { type Circle, type FittedCircle, fitCircle, fitCircleRobustly } from './fit-circle.ts';
export { crossing, type FittedLine, fitLine, fitLineRobustly, offLine } from './fit-line.ts';
export { type ComplexPlane, powerOfTwoFrom, transformFourier } from './fourier.ts';
export { gaussianBlur } from './gaussian-blur.ts';
export { greyPlane } from './grey-plane.ts';
export { applyTransform, composeTransforms, fitHomography, invertTransform } from './homography.ts';
export { type LeastSquaresFit, type LeastSquaresProblem, leastSquares } from './least-squares.ts';
export { applyLight, fitLight, type LightFit } from './level-light.ts';
export {
  type LocalStatistics,
  type LocalThresholdOptions,
  localStatistics,
  localThreshold,
} from './local-threshold.ts';
export { close, dilate, erode } from './morphology.ts';
export { otsuLevel } from './otsu.ts';
export { phaseCorrelation, type Shift } from './phase-correlation.ts';
export { emptyPlane, type Picture, type Plane, type Region } from './picture.ts';
export { rgbBytes, shrunkRgb } from './picture-bytes.ts';
export { type PlaceLimits, placePlane, wholeOnWhole } from './place-plane.ts';
export { distanceBetween, type Point } from './points.ts';
export { type ProfileEdge, type ProfileEdgeOptions, profileEdges } from './profile-edges.ts';
export {
  type PictureForm,
  pictureForm,
  picturePages,
  type ReadOptions,
  readPicture,
  usualPixelLimit,
} from './read-picture.ts';
export { resizePlane } from './resize.ts';
export { resizedRgb } from './resize-picture.ts';
export { median, type RobustOptions, robustInliers } from './robust-fit.ts';
export { sampleAt } from './sample.ts';
export { type Scan, type ScanRectangle, type ScanRing, scanRectangle, scanRing } from './scan.ts';
export { seededRandom } from './seeded-random.ts';
export { richardsonLucy, unsharpMask } from './sharpen.ts';
export { shuffled } from './shuffled.ts';
export { type Quad, squareToQuad } from './square-to-quad.ts';
export { thumbnail } from './thumbnail.ts';
export { type Transform, warp, warpPicture } from './warp.ts';
export { pngBytes, writePng } from './write-png.ts';

/** Door 1 of cloud: what is safe in a browser and on the edge. */
export { Quality, qualityName } from './quality.ts';

/**
 * What people put down and leave, as COCO and common detectors call it. Where such a thing is followed it is what is looked
 * for, and hides nothing; people, vehicles and whatever else is followed hide what is behind them.
 */
const portable: ReadonlySet<string> = new Set([
  ...['backpack', 'umbrella', 'handbag', 'tie', 'suitcase', 'bag', 'luggage', 'box', 'parcel', 'package', 'pallet'],
  ...['frisbee', 'skis', 'snowboard', 'sports ball', 'kite', 'baseball bat', 'baseball glove', 'skateboard'],
  ...['surfboard', 'tennis racket', 'bottle', 'wine glass', 'cup', 'fork', 'knife', 'spoon', 'bowl', 'book', 'vase'],
  ...['laptop', 'mouse', 'remote', 'keyboard', 'cell phone', 'tv', 'microwave', 'toaster', 'clock', 'scissors'],
  ...['teddy bear', 'hair drier', 'toothbrush', 'potted plant', 'chair', 'tool', 'bucket', 'cone', 'barrel'],
]);

export const isPortable = (label: string): boolean => portable.has(label);

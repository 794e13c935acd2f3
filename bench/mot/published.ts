/** What SORT reports on the public Faster R-CNN detections it comes with: README of abewley/sort, "Main Results". */
export const sortPublished: Readonly<
  Record<
    string,
    {
      mota: number;
      motp: number;
      recall: number;
      precision: number;
      falsePositives: number;
      misses: number;
      switches: number;
      fragmentations: number;
    }
  >
> = {
  'TUD-Campus': {
    mota: 62.7,
    motp: 73.7,
    recall: 68.5,
    precision: 94.3,
    falsePositives: 15,
    misses: 113,
    switches: 6,
    fragmentations: 9,
  },
  'ETH-Sunnyday': {
    mota: 59.1,
    motp: 74.4,
    recall: 77.5,
    precision: 81.9,
    falsePositives: 319,
    misses: 418,
    switches: 22,
    fragmentations: 54,
  },
  'ETH-Pedcross2': {
    mota: 45.4,
    motp: 74.8,
    recall: 51.9,
    precision: 90.8,
    falsePositives: 330,
    misses: 3014,
    switches: 77,
    fragmentations: 103,
  },
  'ADL-Rundle-8': {
    mota: 28.6,
    motp: 71.1,
    recall: 44.3,
    precision: 75.8,
    falsePositives: 959,
    misses: 3781,
    switches: 103,
    fragmentations: 211,
  },
  'Venice-2': {
    mota: 18.6,
    motp: 73.4,
    recall: 42.5,
    precision: 64.8,
    falsePositives: 1650,
    misses: 4109,
    switches: 57,
    fragmentations: 106,
  },
  'KITTI-17': {
    mota: 60.2,
    motp: 72.3,
    recall: 67.1,
    precision: 92.3,
    falsePositives: 38,
    misses: 225,
    switches: 9,
    fragmentations: 16,
  },
};

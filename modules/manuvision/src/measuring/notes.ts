import { defineNotes } from '@millwright/kernel';

/** Why a feature was not measured, or what to know of its value. */
export const measuringNotes = defineNotes('manuvision-measuring', {
  'region-outside': () => 'the region lies outside the picture, at least in part',
  even: ({ contrast }: { contrast: { share: number } }) =>
    `the region is even: its brightness changes by ${contrast} of the range, too little for an edge`,
  'edge-missing': () => 'no edge of the wanted kind was found',
  'edge-several': ({ count }: { count: number }) =>
    `${count} edges were found where one is wanted; say which, or make the region smaller`,
  'pair-missing': () => 'no pair of edges of the wanted kind was found',
  'pair-several': ({ count }: { count: number }) =>
    `${count} edges were found where two are wanted; say which, or make the region smaller`,
  'edge-broken': ({ found, scans }: { found: number; scans: number }) =>
    `an edge was found in only ${found} of ${scans} scans`,
  'edge-unclear': () =>
    'the edge is not clear enough to be placed: sharpen the picture, light the edge, or move the region onto it',
  'too-uncertain': ({ expanded }: { expanded: number }) =>
    `the value is uncertain by ± ${expanded} (k = 2), more than it is itself or its tolerance is wide: make the edge clearer, or the region larger`,
  'shape-unlike': ({ found, scans }: { found: number; scans: number }) =>
    `only ${found} of ${scans} points of the edge follow the shape`,
  'object-missing': () => 'no object of the wanted brightness was found',
  'object-cut': () => 'the object touches the border of the region',
  'needs-calibration': () => 'a value in mm needs a calibration',
  'other-size': ({ width, height }: { width: number; height: number }) =>
    `the calibration is of pictures of ${width} x ${height} pixels`,
  'part-refused': ({ name }: { name: string }) => `"${name}", which it is made of, was not measured`,
  'not-a-point': ({ name }: { name: string }) => `"${name}" gives no point`,
  'not-a-line': ({ name }: { name: string }) => `"${name}" gives no line`,
  'not-such': ({ name, measure }: { name: string; measure: string }) => `"${name}" has no ${measure}`,
  parallel: () => 'the lines are parallel',
  'datum-missing': ({ name }: { name: string }) => `"${name}", by which the part is found, was not measured`,
  'pattern-missing': () =>
    'the pattern by which the part is found is not in the picture as a whole, turned by at most 15 degrees',
  'pattern-damaged': () => 'the pattern of the plan is damaged: cut it out again with measure pattern',
  undecided: () => 'the value is nearer to a limit than its uncertainty allows to decide (ISO 14253-1)',
  saturated: () => 'the bright side of the edge is saturated, which shifts it: lower the exposure',
  'picture-unreadable': ({ reason }: { reason: string }) => `the picture cannot be read: ${reason}`,
});

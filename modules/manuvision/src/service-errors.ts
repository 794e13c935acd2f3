import { defineErrors, errorKind } from '@millwright/kernel';

/** What the server's part of ManuVision refuses. */
export const manuvisionServiceErrors = defineErrors('manuvision-service', {
  MANUVISION_DATASET_UNKNOWN: errorKind<{ dataset: string }>({
    status: 404,
    message: ({ dataset }) => `There is no data set ${dataset}.`,
    remedy: 'List them with GET /api/manuvision/datasets.',
  }),
  MANUVISION_DATASET_EXISTS: errorKind<{ name: string }>({
    status: 409,
    message: ({ name }) => `The site has a data set ${name} already.`,
    remedy: 'Add pictures to it, or take another name.',
  }),
  MANUVISION_DATASET_USED: errorKind<{ name: string; inspection: string }>({
    status: 409,
    message: ({ name, inspection }) => `The inspection ${inspection} learns from the data set ${name}.`,
    remedy: 'Take the inspection away first.',
  }),
  MANUVISION_PICTURE_UNKNOWN: errorKind<{ picture: string }>({
    status: 404,
    message: ({ picture }) => `There is no picture ${picture} in this data set.`,
    remedy: 'Load the list again: somebody else may have taken it away.',
  }),
  MANUVISION_PICTURE_TWICE: errorKind<{ file: string }>({
    status: 409,
    message: ({ file }) => `The very same picture as ${file} is in the data set already.`,
    remedy: 'Change the label of the one that is there.',
  }),
  MANUVISION_INSPECTION_UNKNOWN: errorKind<{ inspection: string }>({
    status: 404,
    message: ({ inspection }) => `There is no inspection ${inspection}.`,
    remedy: 'List them with GET /api/manuvision/inspections.',
  }),
  MANUVISION_INSPECTION_EXISTS: errorKind<{ name: string }>({
    status: 409,
    message: ({ name }) => `The site has an inspection ${name} already.`,
    remedy: 'Train a new version of it, or take another name.',
  }),
  MANUVISION_INSPECTION_USED: errorKind<{ name: string; station: string }>({
    status: 409,
    message: ({ name, station }) => `The station ${station} judges by the inspection ${name}.`,
    remedy: 'Give the station another inspection, or take it away first.',
  }),
  MANUVISION_VERSION_UNKNOWN: errorKind<{ name: string; version: number }>({
    status: 404,
    message: ({ name, version }) => `The inspection ${name} has no version ${version}.`,
    remedy: 'Train it, or choose one of the versions that it lists.',
  }),
  MANUVISION_STATION_UNKNOWN: errorKind<{ station: string }>({
    status: 404,
    message: ({ station }) => `There is no station ${station}.`,
    remedy: 'List them with GET /api/manuvision/stations.',
  }),
  MANUVISION_STATION_EXISTS: errorKind<{ name: string }>({
    status: 409,
    message: ({ name }) => `The site has a station ${name} already.`,
    remedy: 'Take another name.',
  }),
  MANUVISION_FOLDER_FORBIDDEN: errorKind<{ folder: string }>({
    status: 403,
    message: ({ folder }) => `The folder ${folder} may not be watched by stations.`,
    remedy:
      'Whoever runs the server names it, or one above it, in the setting watchedFolders; or send the pictures by HTTP.',
  }),
  MANUVISION_FOLDER_UNREADABLE: errorKind<{ folder: string; reason: string }>({
    status: 422,
    message: ({ folder, reason }) => `The folder ${folder} cannot be read: ${reason}.`,
    remedy: 'Check that it is there and that the account of the server may read it.',
  }),
  MANUVISION_VERDICT_UNKNOWN: errorKind<{ verdict: string }>({
    status: 404,
    message: ({ verdict }) => `There is no verdict ${verdict}.`,
    remedy: 'Load the list again.',
  }),
  MANUVISION_WORK_FAILED: errorKind<{ reason: string }>({
    status: 500,
    message: ({ reason }) => `The process that trains and judges ended: ${reason}.`,
    remedy: 'Try again; if it happens again, there may be too little memory for pictures of this size.',
  }),
});

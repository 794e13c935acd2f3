import { defineErrors, errorKind, type Reason } from '@millwright/kernel';

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
  MANUVISION_LABELS_CHANGED: errorKind<{ revision: number; by: string; at: string }>({
    status: 409,
    message: ({ by }) => `${by} has said something else of this picture meanwhile.`,
    remedy: 'Look at the labels again, and save what you still want to change.',
  }),
  MANUVISION_GOOD_WITH_REGIONS: errorKind<{ regions: number }>({
    status: 422,
    message: ({ regions }) => `A good part has no defects, but ${regions} regions are drawn.`,
    remedy: 'Take the regions away, or say that it is a defect.',
  }),
  MANUVISION_REGION_INVALID: errorKind<{ region: string; reason: Reason }>({
    status: 422,
    message: ({ region, reason }) => `The region ${region} is not valid: ${reason}.`,
    remedy: 'Give whole shapes within the picture as it is shown, turned upright.',
  }),
  MANUVISION_WORD_UNKNOWN: errorKind<{ person: string }>({
    status: 404,
    message: ({ person }) => `Nobody with the id ${person} has said anything of this picture.`,
    remedy: 'Choose one of the people that its labels list.',
  }),
  MANUVISION_TILE_UNKNOWN: errorKind<{ level: number; column: number; row: number }>({
    status: 404,
    message: ({ level, column, row }) => `The picture has no tile in column ${column}, row ${row} of level ${level}.`,
    remedy: 'Tiles have 512 pixels a side; each level is half as large as the one before.',
  }),
  MANUVISION_NOTHING_TRAINED: errorKind<{ dataset: string }>({
    status: 409,
    message: ({ dataset }) => `No inspection that learns from the data set ${dataset} has been trained.`,
    remedy: 'Train one first; a few labelled pictures are enough.',
  }),
  MANUVISION_DATASET_VERSION_UNKNOWN: errorKind<{ name: string; version: string }>({
    status: 404,
    message: ({ name, version }) => `The data set ${name} has no version ${version}.`,
    remedy: 'List its versions, or freeze what counts now.',
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
  MANUVISION_PICTURE_NOT_KEPT: errorKind<{ file: string }>({
    status: 404,
    message: ({ file }) => `The picture ${file} was not kept: no rule of the station wanted it.`,
    remedy: 'Change which pictures the station keeps; it holds for what is judged from then on.',
  }),
  MANUVISION_PICTURE_REMOVED: errorKind<{ rule: string; at: string }>({
    status: 404,
    message: ({ rule, at }) => `The picture was removed at ${at} by the rule ${rule} of the station.`,
    remedy: 'Give the station more days or megabytes; it holds for what is kept from then on.',
  }),
  MANUVISION_CAMERA_NONE: errorKind<{ station: string }>({
    status: 409,
    message: ({ station }) => `No camera of the station ${station} is open.`,
    remedy: 'Give the station a camera as its source; cameras are open only while the server runs.',
  }),
  MANUVISION_CAMERA_LOST: errorKind<{ reason: string }>({
    status: 503,
    message: ({ reason }) => `The camera gives no picture: ${reason}.`,
    remedy: 'Nothing was judged. Check the camera and the way to it; it is tried again by itself.',
  }),
  MANUVISION_CAMERA_CONNECTING: errorKind({
    status: 503,
    message: () => 'The camera is being connected to.',
    remedy: 'Wait a few seconds.',
  }),
  MANUVISION_STATION_BEHIND: errorKind({
    status: 503,
    message: () => 'Parts come to the camera faster than the station can judge them; some were left out.',
    remedy: 'Slow the line down, judge smaller pictures, or let an edge box judge.',
  }),
  MANUVISION_STATION_MISPLACED: errorKind<{ box: string }>({
    status: 422,
    message: ({ box }) => `The edge box ${box} belongs to another site than the station.`,
    remedy: 'Take a box of the same site.',
  }),
  MANUVISION_BOX_MESSAGE: errorKind<{ kind: string; problem: string }>({
    status: 422,
    message: ({ kind, problem }) => `The message ${kind} of an edge box is no verdict of a station: ${problem}.`,
    remedy: 'Bring box and server to the same version, then let the message be taken in again.',
  }),
  MANUVISION_SOURCE_TWICE: errorKind({
    status: 422,
    message: () => 'A station has one source: a folder or a camera.',
    remedy: 'Leave one of them out.',
  }),
  MANUVISION_PROPOSAL_EARLY: errorKind<{ station: string }>({
    status: 409,
    message: ({ station }) => `Nobody has reviewed a part of the station ${station} that its inspection judged.`,
    remedy: 'Review rejected parts first: the proposal rests on what people say of them.',
  }),
  MANUVISION_PROPOSAL_WITHOUT_LIMIT: errorKind<{ inspection: string }>({
    status: 409,
    message: ({ inspection }) => `The inspection ${inspection} decides without a threshold.`,
    remedy: 'Teach it more examples, or choose a kind of inspection that scores.',
  }),
  MANUVISION_PROPOSAL_UNKNOWN: errorKind<{ proposal: string }>({
    status: 404,
    message: ({ proposal }) => `There is no proposal ${proposal} of this station.`,
    remedy: 'List them with GET /api/manuvision/stations/ID/proposals.',
  }),
  MANUVISION_PROPOSAL_DECIDED: errorKind<{ by: string }>({
    status: 409,
    message: ({ by }) => `The proposal was decided already, by ${by}.`,
    remedy: 'Work out a new one.',
  }),
  MANUVISION_PROPOSAL_STALE: errorKind<{ version: number; now: number }>({
    status: 409,
    message: ({ version, now }) => `The proposal is for version ${version}; the station judges by version ${now} now.`,
    remedy: 'Work out a new one.',
  }),
  MANUVISION_WORK_FAILED: errorKind<{ reason: string }>({
    status: 500,
    message: ({ reason }) => `The process that trains and judges ended: ${reason}.`,
    remedy: 'Try again; if it happens again, there may be too little memory for pictures of this size.',
  }),
});

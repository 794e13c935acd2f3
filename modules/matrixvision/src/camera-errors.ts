import { defineErrors, errorKind, type Note, type Problem } from '@millwright/kernel';

export const cameraErrors = defineErrors('matrixvision', {
  CAMERA_UNKNOWN: errorKind<{ camera: string; known: string[] }>({
    status: 404,
    message: ({ camera, known }) =>
      `There is no camera ${camera}${known.length > 0 ? `; known are ${known.join(', ')}` : ''}.`,
    remedy: 'Check the name or id; `millwright matrixvision cameras` lists them.',
  }),
  CAMERA_EXISTS: errorKind<{ name: string }>({
    status: 409,
    message: ({ name }) => `The site has a camera ${name} already.`,
    remedy: 'Choose another name, or change the one that is there.',
  }),
  CAMERA_MISPLACED: errorKind<{ place: string; site: string }>({
    status: 422,
    message: ({ place, site }) => `${place} does not belong to the site ${site}.`,
    remedy: 'Choose an asset or edge box of the camera’s own site.',
  }),
  CAMERA_FILE_AWAY: errorKind<{ name: string; file: string }>({
    status: 422,
    message: ({ name, file }) =>
      `The camera ${name} plays ${file}, which lies in an object store and not on this machine.`,
    remedy: 'Keep files in the data folder (no blobUrl) for cameras that play files, or use a stream.',
  }),
  CAMERA_NOT_RUNNING: errorKind<{ name: string }>({
    status: 409,
    message: ({ name }) => `The camera ${name} is not running here.`,
    remedy: 'Switch it on, and ask the server or the edge box that runs it.',
  }),
  CAMERA_NO_PICTURE: errorKind<{ name: string }>({
    status: 503,
    message: ({ name }) => `The camera ${name} has not delivered a picture yet.`,
    remedy: 'Look at its state on the Cameras page; a stream that was just added takes some seconds.',
  }),
  EDGE_MESSAGE_INVALID: errorKind<{ kind: string; problems: readonly Problem[] }>({
    status: 422,
    message: ({ kind, problems }) => `A box sent "${kind}" that is not as agreed: ${problems.join('; ')}.`,
    remedy: 'Bring the box to the version of the server; the message is kept aside.',
  }),
  RECORDING_SPAN_INVALID: errorKind<{ reason: Note }>({
    status: 422,
    message: ({ reason }) => `This stretch of the recording cannot be had: ${reason}.`,
    remedy: 'Give a start before the end, at most half an hour for one clip.',
  }),
  TRACK_SPAN_INVALID: errorKind<{ reason: Note }>({
    status: 422,
    message: ({ reason }) => `Tracks of this stretch cannot be asked for: ${reason}.`,
    remedy: 'Give a start before the end, at most a day at a time.',
  }),
  RULE_SET_UNKNOWN: errorKind<{ camera: string; version: number }>({
    status: 404,
    message: ({ camera, version }) => `The camera ${camera} has no rules of version ${version}.`,
    remedy: 'Ask for one of the versions that the history of its rules lists.',
  }),
  EVENT_UNKNOWN: errorKind<{ id: string }>({
    status: 404,
    message: ({ id }) => `There is no event ${id}.`,
    remedy: 'Check the id; the Events page lists what is kept.',
  }),
  EVENT_CLIP_MISSING: errorKind<{ id: string }>({
    status: 404,
    message: ({ id }) => `The event ${id} has no clip.`,
    remedy: 'The event says why: recording was off, or the stretch was lost. Switch recording on for the next one.',
  }),
  EVENT_CLIP_UNCOVERED: errorKind<{ id: string }>({
    status: 503,
    message: ({ id }) => `The people in the clip of event ${id} cannot be covered yet, so it is not shown.`,
    remedy:
      'Ask again in half a minute, when the tracks are stored; where files lie in an object store, a role that may see people is needed.',
  }),
  EVENT_PICTURE_MISSING: errorKind<{ id: string }>({
    status: 404,
    message: ({ id }) => `The event ${id} has no picture.`,
    remedy: 'The stream was away at that moment; the tracks of the event are kept all the same.',
  }),
});

import { defineErrors, errorKind } from '@millwright/kernel';

export const edgeErrors = defineErrors('edge', {
  EDGE_BOX_UNKNOWN: errorKind<{ box: string; known: string[] }>({
    status: 404,
    message: ({ box, known }) =>
      `There is no edge box ${box}; known are: ${known.slice(0, 20).join(', ') || 'none yet'}.`,
    remedy: 'Check the name, or enrol the box with `millwright edge enrol`.',
  }),
  EDGE_BOX_AMBIGUOUS: errorKind<{ box: string; sites: string[] }>({
    status: 422,
    message: ({ box, sites }) => `Several sites have an edge box ${box}: ${sites.join(', ')}.`,
    remedy: 'Name the box by its id.',
  }),
  EDGE_BOX_EXISTS: errorKind<{ name: string }>({
    status: 409,
    message: ({ name }) => `The site already has an edge box ${name}.`,
    remedy: 'Choose another name, or make a new code for that box with `millwright edge enrol NAME --again`.',
  }),
  EDGE_CODE_INVALID: errorKind<{ reason: 'unknown' | 'used' | 'expired' }>({
    status: 401,
    message: ({ reason }) => `The enrolment code is ${reason}.`,
    remedy: 'Make a new one on the Edge page or with `millwright edge enrol`.',
  }),
  EDGE_NOT_A_BOX: errorKind<{ actor: string }>({
    status: 403,
    message: ({ actor }) => `${actor} is no edge box, and only boxes may call this.`,
    remedy: 'Use the routes under /api/cloud/edge/boxes.',
  }),
  EDGE_BOX_SILENT: errorKind<{ box: string; seconds: number }>({
    status: 504,
    message: ({ box, seconds }) => `The edge box ${box} did not answer within ${seconds} s.`,
    remedy: 'Look on its page whether it is in contact; its power and network are the first to look at.',
  }),
  EDGE_ASK_UNKNOWN: errorKind<{ part: string; what: string }>({
    status: 422,
    message: ({ part, what }) => `This box does not know what "${what}" asks of ${part}.`,
    remedy: 'Bring the agent of the box to the version of the server.',
  }),
  EDGE_ASK_FAILED: errorKind<{ part: string; what: string; reason: string }>({
    status: 502,
    message: ({ part, what, reason }) => `The box could not answer "${what}" of ${part}: ${reason}.`,
    remedy: 'Look into the log of the box with `millwright edge log`.',
  }),
  EDGE_BLOB_HASH_WRONG: errorKind<{ sha256: string; actual: string }>({
    status: 422,
    message: ({ sha256, actual }) => `The file was announced as ${sha256}, but what came hashes to ${actual}.`,
    remedy: 'Send it again from the start; nothing of it was kept.',
  }),
  EDGE_BLOB_OFFSET_WRONG: errorKind<{ offset: number; have: number }>({
    status: 409,
    message: ({ offset, have }) => `The file was continued at byte ${offset}, but ${have} are there.`,
    remedy: 'Go on where the server has got to.',
  }),
  EDGE_UPLOAD_CUT: errorKind<{ have: number; size: number }>({
    status: 400,
    message: ({ have, size }) => `The link broke after ${have} of ${size} bytes.`,
    remedy: 'Go on from there.',
  }),
  EDGE_BLOB_TOO_LARGE: errorKind<{ bytes: number; most: number }>({
    status: 413,
    message: ({ bytes, most }) => `A file of ${bytes} bytes is more than the ${most} that are taken of a box.`,
    remedy: 'Send it in several files.',
  }),
  EDGE_BLOB_FOREIGN: errorKind<{ sha256: string }>({
    status: 403,
    message: ({ sha256 }) => `The file ${sha256} belongs to nothing that this box is to do.`,
    remedy: 'Ask for what the desired state names.',
  }),
  // What a box says of a file that its desired state names.
  EDGE_BLOB_ABSENT: errorKind<{ sha256: string }>({
    status: 404,
    message: ({ sha256 }) => `The file ${sha256} is not on this box.`,
    remedy: 'Name it among the files of the desired state.',
  }),
  EDGE_BLOB_WRONG: errorKind<{ sha256: string; actual: string }>({
    status: 502,
    message: ({ sha256, actual }) =>
      `The server was asked for the file ${sha256}, and sent one that hashes to ${actual}.`,
    remedy: 'It is fetched again. If this stays so, check the files of the server with `millwright verify`.',
  }),
  EDGE_COMMAND_UNKNOWN: errorKind<{ id: string }>({
    status: 404,
    message: ({ id }) => `There is no command ${id} for this box.`,
    remedy: 'List the commands of the box.',
  }),
  EDGE_REVISION_UNKNOWN: errorKind<{ revision: number; box: string }>({
    status: 404,
    message: ({ revision, box }) => `${box} never had a desired state of revision ${revision}.`,
    remedy: 'Choose one of those that `millwright edge status BOX` lists.',
  }),
  EDGE_ROLLOUT_UNKNOWN: errorKind<{ id: string }>({
    status: 404,
    message: ({ id }) => `There is no rollout ${id}.`,
    remedy: 'List them with `millwright edge rollouts`.',
  }),
  EDGE_ROLLOUT_ENDED: errorKind<{ name: string; state: string }>({
    status: 409,
    message: ({ name, state }) => `The rollout ${name} is ${state} already.`,
    remedy: 'Start a new one.',
  }),
  EDGE_ROLLOUT_BUSY: errorKind<{ box: string; rollout: string }>({
    status: 409,
    message: ({ box, rollout }) => `${box} is in the rollout ${rollout}, which has not ended.`,
    remedy: 'Wait for its end, or roll it back.',
  }),
  EDGE_ROLLOUT_EMPTY: errorKind<Record<string, never>>({
    status: 422,
    message: () => 'Nothing has changed for any of the boxes, so there is nothing to roll out.',
    remedy: 'Hold the boxes back first (`millwright edge hold BOX`), then change cameras, rules or models.',
  }),
  EDGE_MESSAGE_UNKNOWN: errorKind<{ id: string }>({
    status: 404,
    message: ({ id }) => `No message ${id} of this box was put aside, or it is settled.`,
    remedy: 'Look at the messages put aside on the page of the box.',
  }),
  EDGE_PART_UNKNOWN: errorKind<{ part: string }>({
    status: 422,
    message: ({ part }) => `No module of this server has a half on boxes called ${part}.`,
    remedy: 'Bring the server to the version of its boxes, then have the message tried again.',
  }),
});

import { defineErrors, errorKind } from '@millwright/kernel';

export const agentErrors = defineErrors('edge-agent', {
  EDGE_NOT_ENROLLED: errorKind<{ folder: string }>({
    status: 400,
    message: ({ folder }) => `This box is not enrolled yet: ${folder} holds no token.`,
    remedy: 'Make a code on the Edge page of the console or with `millwright edge enrol`, and give it with --code.',
  }),
  EDGE_SERVER_INVALID: errorKind<{ server: string }>({
    status: 400,
    message: ({ server }) => `${server} is not the address of a server.`,
    remedy: 'Write it as http://host:7300 or https://host.',
  }),
  EDGE_SERVER_UNREACHABLE: errorKind<{ url: string; reason: string }>({
    status: 503,
    message: ({ url, reason }) => `The server at ${url} cannot be reached (${reason}).`,
    remedy: 'Check the address and the network. A box that is enrolled works on meanwhile.',
  }),
  EDGE_ANSWER_INVALID: errorKind<{ url: string; reason: string }>({
    status: 502,
    message: ({ url, reason }) => `What answers at ${url} is no Millwright server of this kind (${reason}).`,
    remedy: 'Check the address, and that box and server are of versions that go together.',
  }),
  EDGE_FOLDER_IN_USE: errorKind<{ folder: string; pid: number }>({
    status: 409,
    message: ({ folder, pid }) => `The process ${pid} runs a box on ${folder} already.`,
    remedy: 'Stop it first, or choose another folder with --data.',
  }),
  EDGE_FOLDER_UNUSABLE: errorKind<{ folder: string; reason: string }>({
    status: 507,
    message: ({ folder, reason }) => `The agent cannot write to ${folder} (${reason}).`,
    remedy: 'Free some space, or give it a folder that it may write to with --data.',
  }),
  EDGE_FOLDER_OTHER_BOX: errorKind<{ folder: string; name: string }>({
    status: 409,
    message: ({ folder, name }) =>
      `${folder} belongs to another box, ${name}, and may hold what that one has not sent yet.`,
    remedy: 'Choose another folder with --data.',
  }),
  EDGE_STATE_DAMAGED: errorKind<{ file: string }>({
    status: 500,
    message: ({ file }) => `${file} cannot be read.`,
    remedy: 'Enrol the box again with a new code (`millwright edge enrol BOX --again`); what waits to be sent stays.',
  }),
  EDGE_DISK_FULL: errorKind<{ folder: string }>({
    status: 507,
    message: ({ folder }) => `There is no room left in ${folder}, and nothing that may be dropped.`,
    remedy: 'Free some space; what was handed over before is safe.',
  }),
  EDGE_FILE_UNREADABLE: errorKind<{ path: string; reason: string }>({
    status: 400,
    message: ({ path, reason }) => `The file ${path} cannot be read (${reason}).`,
    remedy: 'Write it whole before it is handed over.',
  }),
  EDGE_FIELD_FOREIGN: errorKind<{ field: string; part: string; fields: string[] }>({
    status: 400,
    message: ({ field, part, fields }) =>
      `${field} of ${part} belongs to the server; a box may set ${fields.join(', ') || 'nothing'}.`,
    remedy: 'Change it on the server.',
  }),
  EDGE_PART_ABSENT: errorKind<{ part: string; known: string[] }>({
    status: 404,
    message: ({ part, known }) => `This box has no part ${part}; it has ${known.join(', ') || 'none'}.`,
    remedy: 'Check the name.',
  }),
  EDGE_APPLY_TIMEOUT: errorKind<{ part: string; minutes: number }>({
    status: 504,
    message: ({ part, minutes }) => `${part} did not bring its document into effect within ${minutes} minutes.`,
    remedy: 'Look at the log of the box.',
  }),
  EDGE_PART_CRASHES: errorKind<{ part: string; times: number }>({
    status: 500,
    message: ({ part, times }) =>
      `The agent ended ${times} times while ${part} brought this into effect; it is not tried again.`,
    remedy: 'Look at the log of the box, and change what was new.',
  }),
});

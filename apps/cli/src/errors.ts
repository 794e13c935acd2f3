import { defineErrors, errorKind } from '@millwright/kernel';

export const cliErrors = defineErrors('cli', {
  VERB_UNKNOWN: errorKind<{ called: string }>({
    status: 400,
    message: ({ called }) => `There is no command \`${called}\`.`,
    remedy: '`millwright help` lists all commands.',
  }),
  ARGUMENT_MISSING: errorKind<{ name: string; usage: string }>({
    status: 400,
    message: ({ name, usage }) => `${name} is missing. Usage: ${usage}.`,
    remedy: 'Give it and call again.',
  }),
  OPTION_INVALID: errorKind<{ reason: string; usage: string }>({
    status: 400,
    message: ({ reason, usage }) => `${reason}. Usage: ${usage}.`,
    remedy: 'Correct it and call again.',
  }),
  FILE_NOT_FOUND: errorKind<{ path: string; reason: string }>({
    status: 400,
    message: ({ path, reason }) => `The file ${path} cannot be read: ${reason}.`,
    remedy: 'Check the path and its permissions.',
  }),
  DOWNLOAD_FAILED: errorKind<{ file: string; reason: string }>({
    status: 500,
    message: ({ file, reason }) => `${file} was not written: ${reason}.`,
    remedy: 'Check the space on its disk and that the server still runs, then call again.',
  }),
  SERVER_UNREACHABLE: errorKind<{ url: string }>({
    status: 503,
    message: ({ url }) => `The server that holds the data folder does not answer at ${url}.`,
    remedy: 'Wait until it has started, or stop it and call again.',
  }),
  BOX_UNKNOWN: errorKind<{ box: string; known: string[] }>({
    status: 404,
    message: ({ box, known }) => `There is no edge box ${box}; known are: ${known.join(', ') || 'none yet'}.`,
    remedy: 'Check the name; `millwright edge status` lists them.',
  }),
  BOX_AMBIGUOUS: errorKind<{ box: string; candidates: string[] }>({
    status: 409,
    message: ({ box, candidates }) => `Several sites have an edge box ${box}: ${candidates.join(', ')}.`,
    remedy: 'Name it by its id.',
  }),
  BOX_SILENT: errorKind<{ box: string }>({
    status: 504,
    message: ({ box }) => `${box} has not answered.`,
    remedy: 'It answers once it is in contact again; `millwright edge status` says when it last was.',
  }),
});

import { defineErrors, errorKind } from '@millwright/kernel';

export const cliErrors = defineErrors('cloud', {
  MAP_FILE_UNREADABLE: errorKind<{ path: string; reason: string }>({
    status: 400,
    message: ({ path, reason }) => `The mapping file ${path} cannot be read: ${reason}.`,
    remedy: 'It must hold the JSON that `millwright cloud inspect FILE --json` prints under "mapping".',
  }),
  STRUCTURE_FILE_UNWRITABLE: errorKind<{ path: string; reason: string }>({
    status: 400,
    message: ({ path, reason }) => `The file ${path} cannot be written: ${reason}.`,
    remedy: 'Name a file in a folder that exists and that you may write to.',
  }),
  POINT_AMBIGUOUS: errorKind<{ point: string; candidates: string[] }>({
    status: 409,
    message: ({ point, candidates }) => `Several points are called ${point}: ${candidates.slice(0, 10).join(', ')}.`,
    remedy: 'Name one by its id, or its source with --source.',
  }),
  TIME_INVALID: errorKind<{ time: string }>({
    status: 400,
    message: ({ time }) => `${time} is no time.`,
    remedy: 'Write 2026-03-01, 2026-03-01T06:00 (both on the clock of the site) or 2026-03-01T06:00+08:00.',
  }),
});

import { defineErrors, errorKind } from '@millwright/kernel';

export const ledgerErrors = defineErrors('ledger', {
  LEDGER_ENTRY_UNKNOWN: errorKind<{ id: string }>({
    status: 404,
    message: ({ id }) => `The ledger has no entry ${id}.`,
    remedy: 'Check the id; `millwright ledger list` shows the newest entries.',
  }),
  LEDGER_METHOD_UNKNOWN: errorKind<{ method: string; known: string[] }>({
    status: 500,
    message: ({ method, known }) => `No evidence method is called ${method}; known are ${known.join(', ')}.`,
    remedy: 'Register it when the module starts.',
  }),
  LEDGER_INPUT_UNKNOWN: errorKind<{ kind: string; known: string[] }>({
    status: 500,
    message: ({ kind, known }) => `No evidence input is called ${kind}; known are ${known.join(', ')}.`,
    remedy: 'Register it when the module starts.',
  }),
  LEDGER_HEAD_MISSING: errorKind<Record<string, never>>({
    status: 500,
    message: () => 'The ledger’s head was removed from the database, so nothing can be recorded after it.',
    remedy: 'Someone changed the database by hand: run `millwright verify --all`, and restore a backup.',
  }),
  LEDGER_EVIDENCE_OVER_INPUT: errorKind<{ file: string }>({
    status: 422,
    message: ({ file }) => `${file} is read, so nothing is written in its place.`,
    remedy: 'Name another file to write to.',
  }),
  LEDGER_EVIDENCE_INPUT_UNREADABLE: errorKind<{ file: string; reason: string }>({
    status: 404,
    message: ({ file, reason }) => `${file} cannot be read: ${reason}.`,
    remedy: 'Check the path and the rights on it.',
  }),
  LEDGER_EVIDENCE_INVALID: errorKind<{ file: string; reason: string }>({
    status: 422,
    message: ({ file, reason }) => `${file} is no evidence file: ${reason}.`,
    remedy: 'Name the evidence file that the command wrote beside its result, or the id of a finding.',
  }),
  LEDGER_NOT_A_FINDING: errorKind<{ id: string; type: string }>({
    status: 422,
    message: ({ id, type }) =>
      `Entry ${id} is an action (${type}); only its place in the chain can be checked, not a result.`,
    remedy: 'Use `millwright verify --all` to check the chain.',
  }),
});

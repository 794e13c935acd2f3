import { defineErrors, errorKind } from '@millwright/kernel';

export const lotErrors = defineErrors('manuvision-lots', {
  MANUVISION_LOT_UNKNOWN: errorKind<{ lot: string }>({
    status: 404,
    message: ({ lot }) => `The station has no lot ${lot}.`,
    remedy: 'List its lots with GET /api/manuvision/stations/ID/lots.',
  }),
  MANUVISION_LOT_NONE: errorKind<{ station: string }>({
    status: 409,
    message: ({ station }) => `No lot is open at the station ${station}.`,
    remedy: 'Start one first.',
  }),
  MANUVISION_LOT_OPEN: errorKind<{ lot: string }>({
    status: 409,
    message: ({ lot }) => `The lot ${lot} is open already.`,
    remedy: 'End it first, or start one of another number, which ends it.',
  }),
  MANUVISION_REPORT_UNKNOWN: errorKind<{ report: string }>({
    status: 404,
    message: ({ report }) => `The lot has no report ${report}.`,
    remedy: 'Make one with POST /api/manuvision/stations/ID/lots/LOT/reports.',
  }),
});

import { defineErrors, errorKind } from '@millwright/kernel';

/** What the talk with the line refuses. */
export const lineErrors = defineErrors('manuvision-line', {
  MANUVISION_LINE_SILENT: errorKind<{ station: string }>({
    status: 409,
    message: ({ station }) => `The station ${station} does not talk with the line.`,
    remedy: 'Set up its handshake, and let the server run.',
  }),
  MANUVISION_LINE_NOT_READY: errorKind<{ station: string; state: string }>({
    status: 409,
    message: ({ station, state }) => `The station ${station} takes no trigger now: it is in the state ${state}.`,
    remedy:
      'Wait until it is ready; out of a fault it may need a reset. A station that begins with each picture takes none.',
  }),
  MANUVISION_LINE_NO_RESULT: errorKind<{ station: string }>({
    status: 409,
    message: ({ station }) => `The station ${station} shows no result that could be acknowledged.`,
    remedy: 'Acknowledge once while a result is shown.',
  }),
  MANUVISION_LINE_NO_RESET: errorKind<{ station: string; fault: string }>({
    status: 409,
    message: ({ station, fault }) => `The station ${station} cannot be reset: ${fault}.`,
    remedy: 'Mend first what is wrong; a station without a fault needs no reset.',
  }),
  MANUVISION_LINE_PROTOCOL_OFF: errorKind<{ protocol: string; setting: string }>({
    status: 422,
    message: ({ protocol }) => `This server does not speak ${protocol} to the line.`,
    remedy: 'Whoever runs the server gives it a port by the setting that `setting` names, and starts it again.',
  }),
  MANUVISION_LINE_UNIT_TAKEN: errorKind<{ unit: number; station: string }>({
    status: 409,
    message: ({ unit, station }) => `The Modbus unit ${unit} is the station ${station}.`,
    remedy: 'Take another number from 1 to 247.',
  }),
});

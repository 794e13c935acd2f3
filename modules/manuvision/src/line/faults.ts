/**
 * Why a station does not say pass: the code that the line reads as a number, and its name. 1 to 19 is the state of the station,
 * 20 to 39 went wrong with one part or with the handshake about it. Numbers never change their meaning.
 */
export const faultCodes = {
  MODEL_MISSING: 1,
  PROCESS_ENDED: 2,
  DISK_FULL: 3,
  SOURCE_LOST: 4,
  BROKER_LOST: 5,
  PROTOCOL_DOWN: 6,
  NO_PICTURE: 20,
  JUDGING_LATE: 21,
  JUDGING_REFUSED: 22,
  NOT_STORED: 23,
  RESULT_NOT_ACKNOWLEDGED: 24,
  TRIGGER_NOT_RELEASED: 25,
  ACKNOWLEDGE_NOT_RELEASED: 26,
  TRIGGER_OVERRUN: 27,
  PICTURE_OVERRUN: 28,
  PART_MISMATCH: 29,
} as const;

export type Fault = keyof typeof faultCodes;
export const faultNames = Object.keys(faultCodes) as Fault[];

/** Exception codes of the Modbus Application Protocol 1.1b3, section 7. */
export const exceptionCodes = { illegalAddress: 2, noSuchUnit: 11 } as const;

/** What modbus-serial answers with an exception instead of "device failure". */
export const modbusException = (name: keyof typeof exceptionCodes): Error =>
  Object.assign(new Error(`Modbus exception: ${name}`), { modbusErrorCode: exceptionCodes[name] });

import type { Shown } from './shown.ts';

/** What the line reads by OPC UA, by the name of its node. */
export const signalNodes = {
  State: ['String', 'state'],
  PartId: ['String', 'partId'],
  Class: ['String', 'className'],
  ClassNumber: ['UInt16', 'classNumber'],
  Score: ['Float', 'score'],
  ResultId: ['UInt32', 'resultId'],
  FaultCode: ['UInt16', 'faultCode'],
  Ready: ['Boolean', 'ready'],
  Busy: ['Boolean', 'busy'],
  ResultValid: ['Boolean', 'resultValid'],
  Pass: ['Boolean', 'pass'],
  Fail: ['Boolean', 'fail'],
  Fault: ['Boolean', 'fault'],
  Heartbeat: ['UInt16', 'heartbeat'],
} as const satisfies Record<string, readonly [string, keyof Shown]>;

export type SignalName = keyof typeof signalNodes;
export const signalNames = Object.keys(signalNodes) as SignalName[];

import { type Fault, faultCodes } from './faults.ts';
import type { Handshake, Phase } from './handshake.ts';
import { classNumberOf, type HandshakeSettings } from './handshake-settings.ts';

/** All that the line reads, on whatever protocol. Pass and Fail are false together until a result is there. */
export interface Signals {
  readonly ready: boolean;
  readonly busy: boolean;
  readonly resultValid: boolean;
  readonly pass: boolean;
  readonly fail: boolean;
  readonly fault: boolean;
  /** 0: none. */
  readonly faultCode: number;
  readonly faultName: Fault | null;
  readonly className: string;
  /** 0: none; 65535: a class without number. */
  readonly classNumber: number;
  /** 0 where there is none. */
  readonly score: number;
  /** Of the last part that was answered; 0: none yet. */
  readonly resultId: number;
  /** Of the part under way or answered. */
  readonly partId: string;
  /** As OPC 40100-1 calls it. */
  readonly state: 'Preoperational' | 'Initialized' | 'Ready' | 'SingleExecution' | 'Error';
}

const states: Record<Phase, Signals['state']> = {
  ...{ preoperational: 'Preoperational', initialized: 'Initialized', ready: 'Ready', fault: 'Error' },
  ...{ waiting: 'SingleExecution', judging: 'SingleExecution' },
  ...{ result: 'SingleExecution', released: 'SingleExecution' },
};

export function signalsOf({ phase, result, fault, resultId, partId }: Handshake, settings: HandshakeSettings): Signals {
  const isFault = phase === 'fault';
  const className = result?.className ?? null;
  const hasPart = phase === 'waiting' || phase === 'judging' || phase === 'result' || isFault;
  return {
    ...{ ready: phase === 'ready', busy: phase === 'waiting' || phase === 'judging', resultValid: result !== null },
    ...{ pass: result?.pass === true, fail: result?.pass === false || isFault, fault: isFault },
    ...{ faultCode: fault ? faultCodes[fault] : 0, faultName: fault, className: className ?? '' },
    ...{ classNumber: classNumberOf(settings, className), score: result?.score ?? 0 },
    ...{ resultId, partId: hasPart ? partId : '', state: states[phase] },
  };
}

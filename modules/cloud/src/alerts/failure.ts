import { isMillwrightError, type MillwrightError } from '@millwright/kernel';
import { alertErrors } from './errors.ts';

/** Why a message did not arrive, as it is kept and shown. */
export interface FailureFacts {
  readonly code: string;
  readonly message: string;
  readonly status: number;
  readonly details: Record<string, unknown>;
}

/** Whatever went wrong on the way, as a coded error. */
export function failureOf(error: unknown): MillwrightError {
  if (isMillwrightError(error)) return error;
  const reason = error instanceof Error ? error.message : String(error);
  return alertErrors.ALERT_SEND_FAILED({ reason }, error);
}

export const factsOf = ({ code, message, status, details }: MillwrightError): FailureFacts => ({
  ...{ code, message, status, details },
});

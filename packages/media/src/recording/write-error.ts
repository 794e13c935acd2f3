import { isMillwrightError, type MillwrightError } from '@millwright/kernel';
import { mediaErrors } from '../errors.ts';
import { isFull } from './is-full.ts';

/** The product's error for a write that failed. */
export function writeError(error: unknown, path: string): MillwrightError {
  if (isMillwrightError(error)) return error;
  if (isFull(error)) return mediaErrors.MEDIA_DISK_FULL({ path }, error);
  const reason = (error as NodeJS.ErrnoException).code ?? String(error);
  return mediaErrors.MEDIA_WRITE_FAILED({ path, reason }, error);
}

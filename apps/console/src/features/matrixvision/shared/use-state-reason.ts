import { ApiError } from '../../../api/api-error.ts';
import { useErrorText } from '../../../components/use-error-text.ts';
import type { CameraState } from '../types.ts';

/** Why a camera is lost and what to do, in the reader's language; empty while nothing is wrong. */
export function useStateReason(): (state: CameraState) => { code: string; message: string; remedy: string } {
  const errorText = useErrorText();
  return ({ code, message, details }) => {
    if (!code) return { code: '', message, remedy: '' };
    return errorText(new ApiError({ code, status: 200, message, ...(details && { details }) }));
  };
}

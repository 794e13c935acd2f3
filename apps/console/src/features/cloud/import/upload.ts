import { ApiError } from '../../../api/api-error.ts';

export interface Uploaded {
  readonly hash: string;
  readonly size: number;
}

interface UploadOptions {
  /** 0 to 1. */
  onProgress(fraction: number): void;
  readonly signal: AbortSignal;
}

/** Streams a file to the server; XMLHttpRequest, because fetch tells nothing of an upload's progress. */
export function upload<Answer = Uploaded>(
  path: string,
  file: Blob,
  { onProgress, signal }: UploadOptions,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', path);
    request.setRequestHeader('content-type', 'application/octet-stream');
    request.upload.onprogress = ({ loaded, total }) => onProgress(total > 0 ? loaded / total : 0);
    request.onload = () => {
      if (request.status < 400) resolve(JSON.parse(request.responseText) as Answer);
      else reject(errorOf(request));
    };
    request.onerror = () =>
      reject(new ApiError({ code: 'SERVER_UNREACHABLE', status: 0, message: 'The upload broke off.' }));
    request.onabort = () => reject(signal.reason);
    signal.addEventListener('abort', () => request.abort(), { once: true });
    request.send(file);
  });
}

function errorOf({ status, responseText, statusText }: XMLHttpRequest): ApiError {
  try {
    const { error } = JSON.parse(responseText) as { error: ConstructorParameters<typeof ApiError>[0] };
    return new ApiError({ ...error, status });
  } catch {
    return new ApiError({ code: `HTTP_${status}`, status, message: statusText });
  }
}

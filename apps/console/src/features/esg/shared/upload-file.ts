import { ApiError, toApiError } from '../../../api/api-error.ts';
import type { StoredDocument } from '../types.ts';

/** Stores a bill, certificate or table; everything else refers to it by its hash. Throws ApiError. */
export async function uploadFile(file: File): Promise<StoredDocument> {
  const headers = { 'content-type': 'application/octet-stream' };
  const response = await fetch('/api/esg/uploads', { method: 'POST', headers, body: file }).catch((error: unknown) => {
    throw new ApiError({ code: 'SERVER_UNREACHABLE', status: 0, message: String(error) });
  });
  if (!response.ok) throw await toApiError(response);
  const { hash } = (await response.json()) as { hash: string };
  return { hash, name: file.name };
}

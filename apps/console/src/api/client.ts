import createClient, { type Middleware } from 'openapi-fetch';
import { ApiError, toApiError } from './api-error.ts';
import type { paths } from './generated/schema.d.ts';
import { sessionLost } from './session-lost.ts';

/** Turns every answer that is not a success into an ApiError, so that callers only see data. */
const throwErrors: Middleware = {
  async onResponse({ response, schemaPath }) {
    if (response.ok) return undefined;
    const error = await toApiError(response);
    const endsSession = error.code === 'SIGN_IN_REQUIRED' || error.code === 'PASSWORD_CHANGE_REQUIRED';
    // The session's own route answers this to whoever is not signed in; that is its answer, not a loss.
    if (endsSession && schemaPath !== '/api/session') sessionLost.emit();
    throw error;
  },
  onError({ error }) {
    if (error instanceof ApiError) return error;
    return new ApiError({ code: 'SERVER_UNREACHABLE', status: 0, message: String(error) });
  },
};

export const api = createClient<paths>({ baseUrl: '/' });
api.use(throwErrors);

/** The data of an answer; errors were thrown by the middleware before. */
export async function answer<T>(call: Promise<{ data?: T }>): Promise<T> {
  return (await call).data as T;
}

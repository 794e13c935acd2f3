export interface ApiErrorFacts {
  readonly code: string;
  readonly status: number;
  readonly message: string;
  readonly details?: Readonly<Record<string, unknown>>;
}

/** An error as the server's catalogue words it: code, what was wrong, what to do. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly code: string;
  /** HTTP status; 0 when no answer came. */
  readonly status: number;
  readonly details: Readonly<Record<string, unknown>>;

  constructor({ code, status, message, details = {} }: ApiErrorFacts) {
    super(message);
    this.code = code;
    this.status = status;
    this.details = details;
  }
}

interface Body {
  readonly error?: { readonly code?: unknown; readonly message?: unknown; readonly details?: unknown };
}

/** Reads the server's error body; a proxy's answer without one still becomes an ApiError. */
export async function toApiError(response: Response): Promise<ApiError> {
  const body = (await response.json().catch(() => undefined)) as Body | undefined;
  const { code, message, details } = body?.error ?? {};
  return new ApiError({
    code: typeof code === 'string' ? code : `HTTP_${response.status}`,
    status: response.status,
    message: typeof message === 'string' ? message : response.statusText,
    details: typeof details === 'object' && details !== null ? { ...details } : {},
  });
}

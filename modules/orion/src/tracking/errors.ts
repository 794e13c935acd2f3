import { defineErrors, errorKind, isMillwrightError } from '@millwright/kernel';

/** What MLflow clients are refused with beside the errors of experiments. */
export const trackingErrors = defineErrors('orion-tracking', {
  TRACKING_PARAM_CHANGED: errorKind<{ key: string; before: string; after: string }>({
    status: 400,
    message: ({ key, before, after }) => `The parameter ${key} was logged as ${before} and cannot become ${after}.`,
    remedy: 'Log what changes as a metric or a tag, or begin another run.',
  }),
  TRACKING_TRIAL_FIXED: errorKind<{ name: string }>({
    status: 409,
    message: ({ name }) => `${name} was tried by Millwright: clients read it and set tags, but log nothing to it.`,
    remedy: 'Log to an experiment of your own.',
  }),
  TRACKING_FILTER_INVALID: errorKind<{ filter: string; reason: string }>({
    status: 400,
    message: ({ filter, reason }) => `The filter "${filter}" cannot be read: ${reason}.`,
    remedy: "Write it as metrics.rmse < 1 and params.kind = 'ridge'; comparisons are joined by and.",
  }),
  TRACKING_FILE_UNKNOWN: errorKind<{ path: string }>({
    status: 404,
    message: ({ path }) => `There is no artifact ${path}.`,
    remedy: 'List the artifacts of the run.',
  }),
  TRACKING_PATH_INVALID: errorKind<{ path: string }>({
    status: 400,
    message: ({ path }) => `${path} is no path of an artifact.`,
    remedy: 'A path is EXPERIMENT/RUN/artifacts/NAME, without dots as a step.',
  }),
});

const byStatus: Readonly<Record<number, string>> = {
  400: 'INVALID_PARAMETER_VALUE',
  401: 'UNAUTHENTICATED',
  403: 'PERMISSION_DENIED',
  404: 'RESOURCE_DOES_NOT_EXIST',
  409: 'INVALID_STATE',
  413: 'REQUEST_LIMIT_EXCEEDED',
  422: 'INVALID_PARAMETER_VALUE',
};

/** An error as MLflow clients read it. */
export function asMlflowError(error: unknown): { status: number; body: { error_code: string; message: string } } {
  const known = isMillwrightError(error);
  const given = error as { statusCode?: number; validation?: unknown; message?: string };
  const status = known ? error.status : (given.statusCode ?? (given.validation ? 400 : 500));
  const exists = known && error.code.endsWith('_EXISTS');
  const error_code = exists ? 'RESOURCE_ALREADY_EXISTS' : (byStatus[status] ?? 'INTERNAL_ERROR');
  // What went wrong inside is for the log.
  const message = status >= 500 && !known ? 'The server could not do this; its log says why.' : (given.message ?? '');
  return { status, body: { error_code, message } };
}

import { isMillwrightError, type Logger, type MillwrightError, problemsOf } from '@millwright/kernel';
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod';
import { httpErrors } from './errors.ts';

/** What every error answer looks like. */
export interface ErrorBody {
  readonly error: { readonly code: string; readonly message: string; readonly details: Record<string, unknown> };
}

function known(error: unknown, request: FastifyRequest): MillwrightError {
  if (isMillwrightError(error)) return error;
  if (hasZodFastifySchemaValidationErrors(error)) {
    const issues = error.validation.map(({ instancePath, keyword, message = 'not valid', params }) => ({
      ...params,
      code: keyword,
      message,
      path: instancePath.split('/').filter(Boolean),
    }));
    const problems = problemsOf({ issues });
    return httpErrors.REQUEST_INVALID({ problems }, error);
  }
  const status = (error as FastifyError).statusCode;
  if (status !== undefined && status >= 400 && status < 500) {
    return httpErrors.REQUEST_REFUSED({ reason: (error as Error).message }, error);
  }
  return httpErrors.INTERNAL({ correlationId: request.id }, error);
}

/** The one translator to HTTP: a caller's mistake is a line in the log, only our own is an error with its stack. */
export function translateErrors(logger: Logger) {
  return (error: unknown, request: FastifyRequest, reply: FastifyReply): void => {
    const answer = known(error, request);
    const context = { code: answer.code, method: request.method, url: request.url, request: request.id };
    if (answer.code === 'INTERNAL') logger.error({ ...context, err: error }, 'unexpected error');
    else if (answer.status >= 500) logger.warn({ ...context, err: answer }, answer.message);
    else logger.info(context, answer.message);
    const body: ErrorBody = { error: { code: answer.code, message: answer.message, details: answer.details } };
    void reply.code(answer.status).send(body);
  };
}

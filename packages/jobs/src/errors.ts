import { defineErrors, errorKind } from '@millwright/kernel';

export const jobErrors = defineErrors('jobs', {
  JOB_UNKNOWN: errorKind<{ id: string }>({
    status: 404,
    message: ({ id }) => `There is no job ${id}.`,
    remedy: 'List the jobs to find its id; finished ones are kept for 30 days.',
  }),
  JOB_TYPE_UNKNOWN: errorKind<{ type: string; known: string[] }>({
    status: 500,
    message: ({ type, known }) => `No job is called ${type}; known are ${known.join(', ')}.`,
    remedy: 'Start a worker of the version that queued it.',
  }),
  JOB_ENDED: errorKind<{ id: string; state: string }>({
    status: 409,
    message: ({ id, state }) => `Job ${id} has already ended (${state}).`,
    remedy: 'Start it again if you need another run.',
  }),
  JOB_CANCELLED: errorKind<{ id: string }>({
    status: 409,
    message: ({ id }) => `Job ${id} was cancelled.`,
    remedy: 'What it had stored until then is kept; start it again to finish.',
  }),
  JOB_FAILED: errorKind<{ id: string; reason: string }>({
    status: 500,
    message: ({ reason }) => `The work failed: ${reason}.`,
    remedy: 'The log has the whole story under the job’s id.',
  }),
});

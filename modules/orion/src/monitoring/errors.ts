import { defineErrors, errorKind } from '@millwright/kernel';

export const monitorErrors = defineErrors('orion-monitor', {
  MONITOR_UNKNOWN: errorKind<{ id: string }>({
    status: 404,
    message: ({ id }) => `No asset is watched under ${id}.`,
    remedy: 'List what is watched with `millwright orion monitors`.',
  }),
  MONITOR_POINTS_UNFIT: errorKind<{ asset: string; reason: string }>({
    status: 422,
    message: ({ asset, reason }) => `${asset} cannot be watched: ${reason}.`,
    remedy: 'Choose momentary values of the asset that change while it runs, and a period in which they were recorded.',
  }),
  MONITOR_LEARNING: errorKind<{ name: string }>({
    status: 409,
    message: ({ name }) => `${name} is being learnt already.`,
    remedy: 'Wait for the job to end, or cancel it on the Jobs page.',
  }),
  MONITOR_NO_SHADOW: errorKind<{ name: string }>({
    status: 409,
    message: ({ name }) => `${name} has no version beside the live one.`,
    remedy: 'Learn one first: it runs beside the live one until you promote or drop it.',
  }),
  MONITOR_NO_LIVE: errorKind<{ name: string }>({
    status: 409,
    message: ({ name }) => `Nothing is learnt of ${name} yet.`,
    remedy: 'Wait for the job to end; where it failed, learn from another period.',
  }),
  INCIDENT_UNKNOWN: errorKind<{ id: string }>({
    status: 404,
    message: ({ id }) => `There is no incident ${id}.`,
    remedy: 'List them with `millwright orion incidents`.',
  }),
  INCIDENT_HAS_ORDER: errorKind<{ number: number }>({
    status: 409,
    message: ({ number }) => `Incident ${number} has a work order already.`,
    remedy: 'Open that order; cancel it if another one is wanted.',
  }),
  INCIDENT_VERDICT_BY_ORDER: errorKind<{ number: number }>({
    status: 409,
    message: ({ number }) => `Incident ${number} is judged by whoever closes its work order.`,
    remedy: 'Close the order with a verdict, or cancel it first.',
  }),
});

import { defineErrors, errorKind } from '@millwright/kernel';
import type { WorkOrderState } from './work-order.ts';

export const orderErrors = defineErrors('orders', {
  ORDER_UNKNOWN: errorKind<{ id: string }>({
    status: 404,
    message: ({ id }) => `There is no work order ${id}.`,
    remedy: 'List them with `millwright cloud orders`.',
  }),
  ORDER_MOVE_REFUSED: errorKind<{ number: number; from: WorkOrderState; to: WorkOrderState }>({
    status: 409,
    message: ({ number, from, to }) => `Work order ${number} is ${from} and cannot become ${to}.`,
    remedy: 'Open the order: it shows where it can go from here. Somebody else may have moved it meanwhile.',
  }),
  ORDER_CLOSED: errorKind<{ number: number; state: WorkOrderState }>({
    status: 409,
    message: ({ number, state }) => `Work order ${number} is ${state} and takes no more changes.`,
    remedy: 'Reopen it first; comments can be added at any time.',
  }),
  ORDER_OUTCOME_MISSING: errorKind<{ number: number }>({
    status: 422,
    message: ({ number }) => `Work order ${number} cannot be done without an outcome.`,
    remedy: 'Say which cause was found and what was done about it.',
  }),
  ORDER_VERDICT_MISSING: errorKind<{ number: number }>({
    status: 422,
    message: ({ number }) => `Work order ${number} came from an alarm, and nobody said whether it was right.`,
    remedy: 'Give a verdict: true, false, too-late or not-useful.',
  }),
  ORDER_OWNER_UNFIT: errorKind<{ user: string }>({
    status: 422,
    message: ({ user }) =>
      `${user} cannot own the work order: no active user of that name may work on orders of the site.`,
    remedy: 'Choose one of the people that the order offers, or give the account the site and a role that may work.',
  }),
  ORDER_ITEM_UNKNOWN: errorKind<{ number: number; item: string }>({
    status: 404,
    message: ({ number, item }) => `Work order ${number} has no ${item}.`,
    remedy: 'Open the order again: somebody may have changed it meanwhile.',
  }),
  ORDER_PHOTO_UNFIT: errorKind<{ name: string }>({
    status: 422,
    message: ({ name }) => `${name} is no JPEG, PNG or WebP picture.`,
    remedy: 'Take the photo as JPEG; most cameras and phones do, or can be told to.',
  }),
  ORDER_PHOTO_TOO_LARGE: errorKind<{ name: string; megabytes: number }>({
    status: 413,
    message: ({ name, megabytes }) => `${name} has more than ${megabytes} MB.`,
    remedy: 'Make the picture smaller.',
  }),
  ORDER_FULL: errorKind<{ number: number; most: number }>({
    status: 409,
    message: ({ number, most }) => `Work order ${number} holds ${most} of these already, which is as many as it may.`,
    remedy: 'Remove one, or raise another order.',
  }),
});

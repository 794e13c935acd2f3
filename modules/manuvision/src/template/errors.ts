import { defineErrors, errorKind } from '@millwright/kernel';

export const templateErrors = defineErrors('manuvision-template', {
  MANUVISION_TEMPLATE_NO_PAIRS: errorKind<{ folder: string }>({
    status: 404,
    message: ({ folder }) => `There is no pair of pictures in ${folder}.`,
    remedy: 'Give a folder with NAME_temp.jpg and NAME_test.jpg side by side, in it or in folders below it.',
  }),
  MANUVISION_TEMPLATE_TOO_MANY_PAIRS: errorKind<{ folder: string; pairs: number; most: number }>({
    status: 413,
    message: ({ folder, pairs, most }) =>
      `${folder} has ${pairs} pairs of pictures, more than the ${most} of one call.`,
    remedy: 'Give the folders below it one after the other.',
  }),
  MANUVISION_TEMPLATE_NO_TRUTH: errorKind<{ folder: string; example: string }>({
    status: 404,
    message: ({ folder, example }) => `No box file in ${folder} belongs to one of the pairs, such as ${example}.`,
    remedy: 'Give the folder with the files NAME.txt whose lines are `x1 y1 x2 y2 type`.',
  }),
  MANUVISION_TEMPLATE_BOXES_INVALID: errorKind<{ file: string }>({
    status: 422,
    message: ({ file }) => `${file} is no box file.`,
    remedy: 'Each of its lines must be `x1 y1 x2 y2 type`, parted by spaces or commas.',
  }),
  MANUVISION_TEMPLATE_WORK_FAILED: errorKind<{ reason: string }>({
    status: 500,
    message: ({ reason }) => `The thread that compares pictures ended: ${reason}.`,
    remedy: 'Call again; if it happens again, report it with the pictures.',
  }),
});

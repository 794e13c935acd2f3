import { defineErrors, errorKind } from '@millwright/kernel';

export const dataSetErrors = defineErrors('manuvision-data', {
  MANUVISION_DATA_MISSING: errorKind<{ path: string; reason: string }>({
    status: 404,
    message: ({ path, reason }) => `The pictures at ${path} cannot be read (${reason}).`,
    remedy: 'Give a folder, a ZIP or a picture file that exists and may be read.',
  }),
  MANUVISION_DATA_TOO_MANY: errorKind<{ path: string; count: number; most: number }>({
    status: 422,
    message: ({ path, count, most }) => `${path} has ${count} files; at most ${most} are taken at once.`,
    remedy: 'Take a part of them: a few hundred good parts are enough to learn from.',
  }),
  MANUVISION_ZIP_REFUSED: errorKind<{ path: string; reason: string }>({
    status: 422,
    message: ({ path, reason }) => `The ZIP ${path} is refused: ${reason}.`,
    remedy: 'Pack the pictures again, without a password and with plain relative names.',
  }),
  MANUVISION_OUT_EXISTS: errorKind<{ path: string }>({
    status: 409,
    message: ({ path }) => `${path} is there already.`,
    remedy: 'Name a folder or ZIP that is not there yet, or an empty folder.',
  }),
  MANUVISION_OUT_FAILED: errorKind<{ path: string; reason: string }>({
    status: 500,
    message: ({ path, reason }) => `${path} cannot be written: ${reason}.`,
    remedy: 'Make room, or name a place that this account may write to.',
  }),
});

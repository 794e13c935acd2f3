import { defineErrors, errorKind } from '@millwright/kernel';

export const manuvisionErrors = defineErrors('manuvision', {
  MANUVISION_OPTION_INVALID: errorKind<{ option: string; value: string; wanted: string }>({
    status: 400,
    message: ({ option, value, wanted }) => `${option} is ${value}, but must be ${wanted}.`,
    remedy: 'Correct it and call again.',
  }),
});

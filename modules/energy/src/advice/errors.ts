import { defineErrors, errorKind, type Reason } from '@millwright/kernel';

export const adviceErrors = defineErrors('energy-advice', {
  ENERGY_ADVICE_INPUT_MISSING: errorKind<{ kind: string; missing: Reason }>({
    status: 422,
    message: ({ kind, missing }) => `The advice ${kind} needs ${typeof missing === 'string' ? missing : missing.text}.`,
    remedy: 'Give it, or ask for another advice.',
  }),
  ENERGY_ADVICE_SETTINGS_INVALID: errorKind<{ kind: string; problems: readonly Reason[] }>({
    status: 422,
    message: ({ kind, problems }) => `The settings of the advice ${kind} are not right: ${problems.join('; ')}.`,
    remedy: 'Correct them; the energy module’s README says what each may hold.',
  }),
  ENERGY_ADVICE_UNSOLVED: errorKind<{ status: string }>({
    status: 422,
    message: ({ status }) => `The optimiser found no solution: ${status}.`,
    remedy: 'Loosen the constraints in the settings.',
  }),
  ENERGY_ADVICE_UNKNOWN: errorKind<{ id: string }>({
    status: 404,
    message: ({ id }) => `There is no advice ${id}.`,
    remedy: 'List the advice to see which there is.',
  }),
});

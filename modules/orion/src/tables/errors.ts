import { defineErrors, errorKind } from '@millwright/kernel';

export const tableErrors = defineErrors('orion-tables', {
  ORION_COLUMNS_DIFFER: errorKind<{
    missing: readonly string[];
    expected: readonly string[];
    found: readonly string[];
  }>({
    status: 422,
    message: ({ missing, expected, found }) =>
      `The model was trained on columns that are not there: ${missing.join(', ')}. It expects ${expected.join(', ')}; found are ${found.join(', ')}.`,
    remedy: 'Name the columns as they were when the model was trained, or train it again on the new ones.',
  }),
});

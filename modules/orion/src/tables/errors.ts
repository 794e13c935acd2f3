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
  ORION_PARITY_BROKEN: errorKind<{ rows: number; maxDifference: number; changedDecisions: number }>({
    status: 500,
    message: ({ rows, maxDifference, changedDecisions }) =>
      `The ONNX file decides otherwise than the training in ${changedDecisions} of ${rows} rows; the largest difference is ${maxDifference}.`,
    remedy:
      'Nothing was written. Take another seed or other settings; columns with very large numbers lose digits in 32 bits.',
  }),
});

import { inferenceProviderNames } from '@millwright/kernel';

/** What is not built into the installed ONNX Runtime is found out by trying. */
export const providerNames = inferenceProviderNames;
export type ProviderName = (typeof providerNames)[number];

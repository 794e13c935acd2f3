import type { ModelCard } from '../card/card.ts';
import { inferenceErrors } from '../errors.ts';
import { inferenceNotes } from '../notes.ts';
import type { InferenceSession } from '../onnx-runtime.ts';

/** Compares the input that a card names with those of the network, so that a wrong card is found out when it is opened. */
export function checkInput({ inputNames, inputMetadata }: InferenceSession, { name: model, input }: ModelCard): void {
  for (const wanted of [input.name ?? inputNames[0], input.sizeInput])
    if (wanted !== undefined && !inputNames.includes(wanted)) {
      const reason = inferenceNotes['input-missing']({ input: wanted, inputs: inputNames });
      throw inferenceErrors.INFERENCE_CARD_MISMATCH({ model, reason });
    }
  const place = input.name === undefined ? 0 : inputNames.indexOf(input.name);
  const facts = inputMetadata[place];
  if (facts?.isTensor && facts.type !== input.type) {
    const values = { input: inputNames[place]!, actual: facts.type, expected: input.type };
    throw inferenceErrors.INFERENCE_CARD_MISMATCH({ model, reason: inferenceNotes['input-type'](values) });
  }
}

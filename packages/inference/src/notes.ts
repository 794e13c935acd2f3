import { defineNotes } from '@millwright/kernel';

export const inferenceNotes = defineNotes('inference', {
  'provider-missing': ({ provider, reason }: { provider: string; reason: string }) =>
    `The execution provider ${provider} is not to be had here (${reason}); the next one is tried.`,
  'picture-size': ({ width, height, expected }: { width: number; height: number; expected: string }) =>
    `it is ${width} by ${height} pixels, and the network takes ${expected}`,
  'picture-bytes': ({ actual, expected }: { actual: number; expected: number }) =>
    `it has ${actual} bytes, and rgb24 of this size has ${expected}`,
  'picture-format': ({ format }: { format: string }) => `its format is ${format}, and the network takes rgb24`,
  'output-missing': ({ output, outputs }: { output: string; outputs: readonly string[] }) =>
    `there is no output ${output}; the network has ${outputs}`,
  'output-shape': ({ output, actual, expected }: { output: string; actual: string; expected: string }) =>
    `the output ${output} has the shape ${actual}, expected is ${expected}`,
  'output-type': ({ output, actual }: { output: string; actual: string }) =>
    `the output ${output} holds ${actual}, which is no number that can be read`,
  'input-missing': ({ input, inputs }: { input: string; inputs: readonly string[] }) =>
    `there is no input ${input}; the network has ${inputs}`,
  'input-type': ({ input, actual, expected }: { input: string; actual: string; expected: string }) =>
    `the input ${input} takes ${actual}, and the card says ${expected}`,
  'not-onnx': () => 'it is no ONNX file, or a part of it is missing',
  'too-large': ({ bytes, limit }: { bytes: number; limit: number }) => `it has ${bytes} bytes, allowed are ${limit}`,
  'too-many': ({ what, count, limit }: { what: string; count: number; limit: number }) =>
    `it has ${count} ${what}, allowed are ${limit}`,
  'too-deep': ({ limit }: { limit: number }) => `its graphs lie more than ${limit} deep within each other`,
  'no-graph': () => 'there is not exactly one network in it',
  functions: () => 'it defines functions of its own, which can grow without limit when they are put in place',
  'operator-endless': ({ operator }: { operator: string }) =>
    `it uses the operator ${operator}, which can run without end`,
  'external-data': ({ tensor, location }: { tensor: string; location: string }) =>
    `the data of the tensor ${tensor} lies in another file, ${location}`,
  'tensor-size': ({ tensor, dims }: { tensor: string; dims: string }) =>
    `the size ${dims} of the tensor ${tensor} is absurd or does not fit its data`,
  'domain-unknown': ({ domain }: { domain: string }) =>
    `it uses operators of ${domain}, which ONNX Runtime does not have by itself`,
  'outside-folder': () => 'it does not lie in the folder of its card',
});

/**
 * The bundled network that is used unless another is named: NanoDet in 8 bit numbers. On the benchmark sequence it is three
 * times as fast as CenterNet and follows better; the table is in packages/inference/README.md.
 */
export const defaultModel = 'nanodet';

/** For tests of other parts: networks written with our own ONNX writer, whose results are known. */
export { OnnxGraph } from '../onnx/onnx-graph.ts';
export { constantNetwork, testCard } from './constructed-network.ts';

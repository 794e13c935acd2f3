/**
 * The one place that loads ONNX Runtime. The order matters: its library reads the environment once, when it is loaded.
 */
import './no-telemetry.ts';

export { InferenceSession, Tensor } from 'onnxruntime-node';

import { isMainThread } from 'node:worker_threads';

/**
 * From 1.29 on ONNX Runtime makes an id of the machine, keeps a database of each session, model and error in the home folder,
 * and sends it to its maker, unless this is set before it is loaded. What a plant computes is nobody else's business.
 */
const name = 'ORT_DISABLE_TELEMETRY';

// A thread changes a copy of the environment, which the library does not see; it begins with what the main thread had set.
if (isMainThread) process.env[name] = '1';
else if (process.env[name] !== '1')
  throw new Error(`${name} has to be set by the main thread: import @millwright/inference there`);

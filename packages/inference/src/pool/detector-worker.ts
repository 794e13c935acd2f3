/** A thread or process with a detector of its own: ONNX Runtime blocks it, and nothing else, while the network runs. */
import { createLogger, isMillwrightError } from '@millwright/kernel';
import { readNetwork } from '../card/read-card.ts';
import { networkPorts } from '../detection/network-port.ts';
import { inferenceErrors } from '../errors.ts';
import { openDetector } from '../open-detector.ts';
import { openSession } from '../sessions/open-session.ts';
import type { ToWorker } from './messages.ts';
import { workerChannel } from './worker-channel.ts';

const channel = await workerChannel();
const { options, logLevel } = channel.start;

function fail(error: unknown): void {
  const reason = error instanceof Error ? error.message : String(error);
  const known = isMillwrightError(error)
    ? error
    : inferenceErrors.INFERENCE_RUN_FAILED({ model: options.model, reason }, error);
  const { code, status, message, details } = known;
  channel.say({ kind: 'failed', error: { code, status, message, details } });
}

if (channel.start.describe) await describe();
else await serve();

/** Loads the network for what ONNX Runtime says of its inputs and outputs, and no more. */
async function describe(): Promise<void> {
  try {
    const { bytes, sha256 } = await readNetwork(options.model);
    const { session } = await openSession(bytes, { model: options.model });
    const [inputs, outputs] = [networkPorts(session.inputMetadata), networkPorts(session.outputMetadata)];
    channel.say({ kind: 'described', network: { sha256, inputs, outputs } });
  } catch (error) {
    fail(error);
  }
}

async function serve(): Promise<void> {
  try {
    const logger = logLevel && createLogger(logLevel);
    const detector = await openDetector({ ...options, ...(logger ? { logger } : {}) });
    const { name, version, sha256, provider, labels, threshold, input, longSide, inputs, outputs } = detector;
    // Whoever opened it sends one request at a time and waits for its answer.
    channel.listen(async (message: ToWorker) => {
      if (message.kind === 'close') {
        await detector.close();
        channel.say({ kind: 'closed' });
        channel.close();
        return;
      }
      try {
        const begun = performance.now();
        const detections = await detector.detect(message.pictures, message.options);
        channel.say({ kind: 'found', detections, ms: performance.now() - begun });
      } catch (error) {
        fail(error);
      }
    });
    const facts = { name, version, sha256, provider, labels, threshold, input, longSide, inputs, outputs };
    channel.say({ kind: 'opened', facts });
  } catch (error) {
    fail(error);
  }
}

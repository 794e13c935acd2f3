/**
 * Renders one camera of the sample plant into a file, in a process of its own and at the lowest priority: a start and its
 * first figures come first. Takes the camera's key, the path of the file, and how many seconds of the scene
 * (left out: all).
 */
import { constants, setPriority } from 'node:os';
import { renderScene, sampleCameras } from '@millwright/testkit/scene';

const [key, out, seconds] = process.argv.slice(2);
// The encoder, which it starts, inherits it.
setPriority(constants.priority.PRIORITY_LOW);
const camera = sampleCameras.find((one) => one.key === key);
if (!camera || !out) throw new Error(`there is no sample camera ${key}`);
// The server is gone, however it went: nobody waits for this.
process.on('disconnect', () => process.exit(1));
await renderScene({ ...camera.scene, ...(seconds && { seconds: Number(seconds) }) }, { out });
process.exit(0);

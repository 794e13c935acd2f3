import { streamSettings } from '@millwright/media/stream';
import { z } from 'zod';

const seconds = z.number().min(0.2).max(86_400);

/** When a camera's picture is judged. */
const taking = z.discriminatedUnion('when', [
  z.strictObject({ when: z.literal('trigger') }).describe('by a trigger only: of HTTP, or of the line'),
  z.strictObject({ when: z.literal('interval'), seconds }).describe('every so many seconds'),
  z.strictObject({ when: z.literal('part') }).describe('when something came to rest in front of it'),
]);

/** A camera as the source of a station. A password is shown as `***`; sent back so, it stays. */
export const cameraSource = streamSettings.extend({ take: taking.default({ when: 'trigger' }) });
export type CameraSource = z.output<typeof cameraSource>;

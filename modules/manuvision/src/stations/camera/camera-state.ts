import { z } from 'zod';

/** How the camera of a station does, here or on its box. */
export const cameraState = z.object({
  state: z.enum(['connecting', 'streaming', 'lost']),
  code: z.string().nullable().describe('of why it is lost'),
  message: z.string(),
  since: z.string().describe('when this began, ISO 8601'),
});
export type CameraState = z.output<typeof cameraState>;

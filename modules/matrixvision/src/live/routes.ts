import { type App, signedInActor } from '@millwright/http';
import { isMillwrightError } from '@millwright/kernel';
import { z } from 'zod';
import type { CameraService } from '../cameras/service.ts';
import type { LookLog } from '../privacy/look-log.ts';
import type { CameraRuntime } from '../runtime/camera-runtime.ts';
import { currentPicture } from './current-picture.ts';
import { LiveView } from './live-view.ts';

const tags = ['matrixvision'];
const params = z.object({ id: z.uuid() });
/** Close codes of refusals; RFC 6455 leaves 4000 and up to applications. */
const refused = 4403;

/** What a camera sees now: a picture, or video with the followed things over it. */
export function liveRoutes(app: App, parts: { cameras: CameraService; runtime: CameraRuntime; looks: LookLog }): void {
  app.get(
    '/api/matrixvision/cameras/:id/snapshot.jpg',
    {
      schema: {
        tags,
        summary: 'The newest picture, JPEG',
        params,
        querystring: z.object({ width: z.coerce.number().int().min(64).max(7680).default(1280) }),
      },
    },
    async (request, reply) => {
      const { params, query } = request;
      const picture = await currentPicture(parts, signedInActor(request), params.id, query.width);
      return reply.type('image/jpeg').send(picture);
    },
  );
  app.get(
    '/api/matrixvision/cameras/:id/live',
    { websocket: true, schema: { hide: true, params } },
    async (socket, request) => {
      const view = new LiveView(parts, request.params.id, socket);
      // From the beginning on: who signs out while it begins is gone as well.
      app.watchOpen(request, socket, (actor) => view.show(actor));
      try {
        await view.begin(signedInActor(request));
      } catch (error) {
        if (!isMillwrightError(error)) throw error;
        socket.close(refused, error.code);
      }
    },
  );
}

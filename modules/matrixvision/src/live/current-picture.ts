import { type Actor, requirePermission } from '@millwright/kernel';
import { cameraErrors } from '../camera-errors.ts';
import type { CameraService } from '../cameras/service.ts';
import { isCoveredFor } from '../privacy/is-covered-for.ts';
import type { LookLog } from '../privacy/look-log.ts';
import type { CameraRuntime } from '../runtime/camera-runtime.ts';

/** What a camera sees now as JPEG, as the actor may see it. Throws CAMERA_NOT_RUNNING, CAMERA_NO_PICTURE. */
export async function currentPicture(
  { cameras, runtime, looks }: { cameras: CameraService; runtime: CameraRuntime; looks: LookLog },
  actor: Actor,
  cameraId: string,
  width: number,
): Promise<Buffer> {
  const row = await cameras.row(actor, cameraId);
  requirePermission(actor, 'matrixvision.video.read', row.site_id);
  if (!runtime.isRunning(row.id)) throw cameraErrors.CAMERA_NOT_RUNNING({ name: row.name });
  const covered = isCoveredFor(actor, row);
  const picture = await runtime.snapshot(row.id, width, covered);
  if (!picture) throw cameraErrors.CAMERA_NO_PICTURE({ name: row.name });
  await looks.record(actor, row, 'live', covered);
  return Buffer.from(picture);
}

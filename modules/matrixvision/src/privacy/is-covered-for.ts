import { type Actor, isAllowed } from '@millwright/kernel';
import { settingsOf } from '../cameras/service.ts';
import type { CameraRow } from '../schema.ts';

/** Whether people of this camera are to be covered for this actor. */
export const isCoveredFor = (actor: Actor, row: CameraRow): boolean =>
  settingsOf(row).privacy.blur !== 'none' && !isAllowed(actor, 'matrixvision.identity.read', row.site_id);

import type { VerbContext } from '@millwright/kernel';
import { cameraErrors } from '../camera-errors.ts';
import type { Camera } from '../cameras/schemas.ts';
import { matrixvisionCliErrors } from './errors.ts';

type Call = VerbContext['call'];

export const allCameras = async (call: Call): Promise<Camera[]> =>
  (await call<{ items: Camera[] }>('GET', '/api/matrixvision/cameras')).items;

/** A camera by its id or name. Throws CAMERA_UNKNOWN, MATRIXVISION_OPTION_INVALID where several have the name. */
export async function findCamera(call: Call, wanted: string): Promise<Camera> {
  const cameras = await allCameras(call);
  const found = cameras.filter(({ id, name }) => id === wanted || name === wanted);
  if (found.length > 1)
    throw matrixvisionCliErrors.MATRIXVISION_OPTION_INVALID({
      ...{ option: 'CAMERA', value: wanted },
      wanted: `an id, since ${found.length} sites have a camera of that name: ${found.map(({ id }) => id).join(', ')}`,
    });
  if (found[0]) return found[0];
  throw cameraErrors.CAMERA_UNKNOWN({ camera: wanted, known: cameras.map(({ name }) => name) });
}

/** Throws MATRIXVISION_OPTION_INVALID with the sites there are. */
export async function findSiteId(call: Call, wanted: string): Promise<string> {
  const { items } = await call<{ items: { id: string; kind: string; name: string }[] }>('GET', '/api/cloud/tree');
  const sites = items.filter(({ kind }) => kind === 'site');
  const site = sites.find(({ id, name }) => id === wanted || name === wanted);
  if (site) return site.id;
  throw matrixvisionCliErrors.MATRIXVISION_OPTION_INVALID({
    ...{ option: '--site', value: wanted },
    wanted: `one of ${sites.map(({ name }) => name).join(', ') || 'none: there is no site yet'}`,
  });
}

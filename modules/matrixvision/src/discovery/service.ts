import { type Actor, requirePermission } from '@millwright/kernel';
import { discoverCameras, readOnvifCamera } from '@millwright/media';
import type { NetworkService } from '../networks/service.ts';

export interface FoundCamera {
  readonly id: string;
  readonly name: string;
  readonly hardware: string;
  readonly address: string;
}

export interface CameraStreams {
  readonly manufacturer: string;
  readonly model: string;
  /** Largest picture first; addresses without the password. */
  readonly profiles: readonly {
    readonly name: string;
    readonly encoding: string;
    readonly width: number;
    readonly height: number;
    readonly frameRate: number;
    readonly url: string;
  }[];
  /** What to record and watch, and what to analyse. */
  readonly url: string;
  readonly subUrl: string;
}

/** Network cameras that answer ONVIF: which there are, and where their streams are. */
export class DiscoveryService {
  #networks: NetworkService;

  constructor(networks: NetworkService) {
    this.#networks = networks;
  }

  /** Takes some seconds: who is there has to answer. */
  async cameras(actor: Actor): Promise<FoundCamera[]> {
    requirePermission(actor, 'matrixvision.camera.write');
    return discoverCameras();
  }

  /** Throws an error of media: MEDIA_ADDRESS_FORBIDDEN, MEDIA_UNAUTHORIZED, MEDIA_UNREACHABLE. */
  async streams(
    actor: Actor,
    { address, username, password }: { address: string; username?: string | undefined; password?: string | undefined },
  ): Promise<CameraStreams> {
    requirePermission(actor, 'matrixvision.camera.write');
    const found = await readOnvifCamera({
      ...{ address, allow: await this.#networks.all(actor) },
      ...(username !== undefined && { username }),
      ...(password !== undefined && { password }),
    });
    return {
      ...{ manufacturer: found.manufacturer, model: found.model },
      profiles: found.profiles.map(({ name, encoding, width, height, frameRate, url }) => ({
        ...{ name, encoding, width, height, frameRate, url: bare(url) },
      })),
      ...{ url: bare(found.main.url), subUrl: bare(found.sub.url) },
    };
  }
}

/** Without user and password, which the caller knows and gives apart. */
function bare(address: string): string {
  const url = new URL(address);
  url.username = '';
  url.password = '';
  return url.href;
}

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CameraState } from '@millwright/matrixvision';
import type { BenchmarkContext } from './benchmark.ts';
import { ServerUnderTest } from './server-under-test.ts';
import { temporaryFolder } from './temporary-folder.ts';

export interface AddedCamera {
  readonly id: string;
  readonly name: string;
  readonly state: CameraState;
}

/** The real server with cameras of this machine, added as a person adds them in the console. */
export class CameraServer {
  readonly server: ServerUnderTest;
  #siteId: string;

  private constructor(server: ServerUnderTest, siteId: string) {
    this.server = server;
    this.#siteId = siteId;
  }

  static async start(context: BenchmarkContext, nodeOptions: readonly string[] = []): Promise<CameraServer> {
    const folder = temporaryFolder(context);
    writeFileSync(join(folder, 'millwright.json'), JSON.stringify({ allowedNetworks: '127.0.0.0/8' }));
    const server = await ServerUnderTest.start({ folder, nodeOptions });
    context.onEnd(() => server.stop());
    const site = await server.call<{ id: string }>('POST', '/api/cloud/nodes', {
      ...{ kind: 'site', name: 'Works', parentId: null },
    });
    return new CameraServer(server, site.id);
  }

  /** A camera of an RTSP address, with rules in force. */
  async add(name: string, url: string, rules: readonly object[], settings: object = {}): Promise<string> {
    const camera = await this.server.call<{ id: string }>('POST', '/api/matrixvision/cameras', {
      ...{ siteId: this.#siteId, name, enabled: false },
      settings: { source: { type: 'stream', url }, ...settings },
    });
    await this.server.call('PUT', `/api/matrixvision/cameras/${camera.id}/rules`, { version: 1, rules });
    await this.server.call('PATCH', `/api/matrixvision/cameras/${camera.id}`, { enabled: true });
    return camera.id;
  }

  async cameras(): Promise<readonly AddedCamera[]> {
    return (await this.server.call<{ items: AddedCamera[] }>('GET', '/api/matrixvision/cameras')).items;
  }
}

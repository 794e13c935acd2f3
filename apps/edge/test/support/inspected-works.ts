import { cloudModule } from '@millwright/cloud/server';
import { manuvisionModule } from '@millwright/manuvision/server';
import { createTestHost, TcpProxy, type TestHost } from '@millwright/testkit';
import { expect, vi } from 'vitest';

const base = '/api/manuvision';

/** A server with an inspection that was trained, behind a link that can be cut. */
export interface InspectedWorks {
  readonly test: TestHost;
  readonly proxy: TcpProxy;
  readonly siteId: string;
  readonly inspectionId: string;
  /** Makes what a path makes; gives its id. */
  made(path: string, body: object): Promise<string>;
  stop(): Promise<void>;
}

/** @param pictures of good parts, by their file names */
export async function startInspectedWorks(pictures: ReadonlyMap<string, Buffer>): Promise<InspectedWorks> {
  const test = await createTestHost({ modules: [cloudModule, manuvisionModule], live: true });
  await test.host.http.listen({ port: 0, host: '127.0.0.1' });
  const proxy = new TcpProxy((test.host.http.server.address() as { port: number }).port);
  await proxy.start();
  const made = async (path: string, body: object): Promise<string> => {
    const answer = await test.call('POST', path, { body });
    expect(answer.status, JSON.stringify(answer.body)).toBe(201);
    return answer.body.id;
  };
  const siteId = await made('/api/cloud/nodes', { kind: 'site', name: 'Works', parentId: null });
  const datasetId = await made(`${base}/datasets`, { siteId, name: 'Rings' });
  const headers = { 'content-type': 'application/octet-stream' };
  for (const [fileName, body] of pictures)
    await test.call('POST', `${base}/datasets/${datasetId}/pictures`, { query: { fileName }, body, headers });
  const input = { siteId, datasetId, name: 'Face', kind: 'template', promise: 100 };
  const inspectionId = await made(`${base}/inspections`, input);
  await test.call('POST', `${base}/inspections/${inspectionId}/train`);
  const versions = async () => (await test.call('GET', `${base}/inspections/${inspectionId}/versions`)).body.items;
  await vi.waitFor(async () => expect(await versions()).toHaveLength(1), { timeout: 60_000, interval: 200 });
  return {
    ...{ test, proxy, siteId, inspectionId, made },
    async stop() {
      await proxy.stop();
      test.host.http.server.closeAllConnections();
      await test.cleanup();
    },
  };
}

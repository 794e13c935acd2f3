import { networkInterfaces } from 'node:os';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type OnvifDevice, startOnvifDevice } from '../support/onvif-device.ts';
import { discoverCameras } from './discover-cameras.ts';
import { readOnvifCamera } from './read-onvif-camera.ts';

let device: OnvifDevice;
beforeAll(async () => {
  device = await startOnvifDevice({ name: 'Gate West', user: 'viewer', password: 'p@ss', rtspPort: 8554 });
});
afterAll(() => device.close());

const given = () => ({ address: device.address, username: 'viewer', password: 'p@ss', allow: ['127.0.0.1'] });
/** Multicast needs an interface beside loopback. */
const hasNetwork = Object.values(networkInterfaces()).some((all) =>
  all?.some(({ internal, family }) => !internal && family === 'IPv4'),
);

describe('readOnvifCamera', () => {
  it('should tell the streams of a camera, the one to record and the one to analyse', async () => {
    const camera = await readOnvifCamera(given());
    expect(camera).toMatchObject({ manufacturer: 'Acme', model: 'Dome 4', firmware: '1.2', serialNumber: '0042' });
    expect(camera.profiles.map(({ token, width, height }) => [token, width, height])).toEqual([
      ['main', 1920, 1080],
      ['sub', 640, 360],
      ['thumb', 160, 120],
    ]);
    expect(camera.main).toMatchObject({
      encoding: 'H264',
      frameRate: 25,
      url: 'rtsp://viewer:p%40ss@127.0.0.1:8554/main',
    });
    expect(camera.sub.token).toBe('sub');
  });

  it('should say that the password is wrong', async () => {
    await expect(readOnvifCamera({ ...given(), password: 'x' })).rejects.toMatchObject({ code: 'MEDIA_UNAUTHORIZED' });
  });

  it('should say that nobody is there, or that it may not be asked', async () => {
    const address = 'http://127.0.0.1:1/onvif/device_service';
    await expect(readOnvifCamera({ ...given(), address })).rejects.toMatchObject({ code: 'MEDIA_UNREACHABLE' });
    await expect(readOnvifCamera({ ...given(), allow: [] })).rejects.toMatchObject({ code: 'MEDIA_ADDRESS_FORBIDDEN' });
  });
});

describe.skipIf(!hasNetwork)('discoverCameras', () => {
  it('should find a camera on the network, and not mind answers that make no sense', async () => {
    const cameras = await discoverCameras({ timeoutMs: 1500 });
    expect(cameras).toContainEqual({
      id: 'urn:uuid:Gate West-0042',
      name: 'Gate West',
      hardware: 'D4',
      address: device.address,
    });
  });
});

import { cameraSettings } from '@millwright/matrixvision';
import { describe, expect, it } from 'vitest';
import { type CameraFields, fieldsOfCamera, newCameraFields, settingsOf, splitAddress } from './camera-fields.ts';

const fields = (source: CameraFields['source']) =>
  ({ ...newCameraFields('0197'), name: 'Gate', source }) as CameraFields;

describe('the address of a stream', () => {
  it('gives up the user and password it holds', () => {
    expect(splitAddress('rtsp://admin:se%40cret@10.0.0.9:554/live')).toEqual({
      ...{ url: 'rtsp://10.0.0.9:554/live', username: 'admin', password: 'se@cret' },
    });
    expect(splitAddress(' rtsp://viewer@cam/live ')).toEqual({ url: 'rtsp://cam/live', username: 'viewer' });
    expect(splitAddress('rtsp://a:100%@cam/')).toEqual({ url: 'rtsp://cam/', username: 'a', password: '100%' });
  });

  it('is left alone where there is none', () =>
    expect(splitAddress('https://cam/live.m3u8?at=a@b')).toEqual({ url: 'https://cam/live.m3u8?at=a@b' }));
});

describe('the settings of a camera', () => {
  it.each([
    { type: 'stream', url: 'rtsp://admin:secret@cam/1', subUrl: '', username: '', transport: 'udp' },
    { type: 'file', file: { blob: 'ab'.repeat(32), fileName: 'yard.mp4' } },
    { type: 'device', device: 'usb:0' },
  ] as const)('from the form are what the server takes for a $type', (source) => {
    const settings = settingsOf(fields(source));
    expect(cameraSettings.safeParse(settings).error?.issues).toBeUndefined();
  });

  it('come back into the form as they were', () => {
    const settings = cameraSettings.parse(
      settingsOf(fields({ type: 'file', file: { blob: 'ab'.repeat(32), fileName: 'a' } })),
    );
    const camera = { siteId: '1', name: 'Gate', assetId: null, settings } as Parameters<typeof fieldsOfCamera>[0];
    expect(cameraSettings.parse(settingsOf(fieldsOfCamera(camera), camera))).toEqual(settings);
  });

  it('keep what the form has no field for', () => {
    const settings = cameraSettings.parse({
      source: { type: 'device', device: 'usb:0' },
      detection: { labels: ['person'], threshold: 0.4 },
    });
    const camera = { siteId: '1', name: 'Gate', assetId: null, settings } as Parameters<typeof fieldsOfCamera>[0];
    const changed = settingsOf(
      { ...fieldsOfCamera(camera), detection: { model: 'nanodet', mostPerSecond: 2 } },
      camera,
    );
    expect(changed.detection).toEqual({ model: 'nanodet', mostPerSecond: 2, labels: ['person'], threshold: 0.4 });
  });
});

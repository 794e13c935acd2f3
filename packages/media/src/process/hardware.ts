import {
  AV_CODEC_HW_CONFIG_METHOD_HW_DEVICE_CTX,
  AV_HWDEVICE_TYPE_CUDA,
  AV_HWDEVICE_TYPE_D3D11VA,
  AV_HWDEVICE_TYPE_QSV,
  AV_HWDEVICE_TYPE_RKMPP,
  AV_HWDEVICE_TYPE_VAAPI,
  AV_HWDEVICE_TYPE_VIDEOTOOLBOX,
  type AVHWDeviceType,
  type AVPixelFormat,
} from 'node-av/constants';
import { type Codec, HardwareDeviceContext } from 'node-av/lib';
import { type HardwareChoice, type HardwareName, hardwareNames } from '../video.ts';

export interface Hardware {
  readonly name: string;
  readonly device: HardwareDeviceContext;
  /** The format of frames that lie in the memory of the hardware. */
  readonly pixelFormat: AVPixelFormat;
}

/** The ones a machine does not have fail at once. */
const types: Readonly<Record<HardwareName, AVHWDeviceType>> = {
  cuda: AV_HWDEVICE_TYPE_CUDA,
  videotoolbox: AV_HWDEVICE_TYPE_VIDEOTOOLBOX,
  qsv: AV_HWDEVICE_TYPE_QSV,
  vaapi: AV_HWDEVICE_TYPE_VAAPI,
  d3d11va: AV_HWDEVICE_TYPE_D3D11VA,
  rkmpp: AV_HWDEVICE_TYPE_RKMPP,
};

/** The pixel format in which `codec` decodes on such a device, if it does. */
function hardwareFormat(codec: Codec, type: AVHWDeviceType): AVPixelFormat | undefined {
  for (let index = 0; ; index++) {
    const config = codec.getHwConfig(index);
    if (!config) return undefined;
    if (config.deviceType === type && (config.methods & AV_CODEC_HW_CONFIG_METHOD_HW_DEVICE_CTX) !== 0)
      return config.pixFmt;
  }
}

/** The first device of this machine that decodes `codec`, or the one that was named where it does. */
export function findHardware(codec: Codec, choice: HardwareChoice): Hardware | undefined {
  if (choice === 'off') return undefined;
  const known = new Set(HardwareDeviceContext.iterateTypes());
  for (const name of choice === 'auto' ? hardwareNames : [choice]) {
    const type = types[name];
    const pixelFormat = known.has(type) ? hardwareFormat(codec, type) : undefined;
    if (pixelFormat === undefined) continue;
    const device = new HardwareDeviceContext();
    if (device.create(type) >= 0)
      return { name: HardwareDeviceContext.getTypeName(type) ?? 'hardware', device, pixelFormat };
    device.free();
  }
  return undefined;
}

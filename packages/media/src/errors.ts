import { defineErrors, errorKind } from '@millwright/kernel';

/** `source` is the address as it may be shown: without a password. */
export const mediaErrors = defineErrors('media', {
  MEDIA_OPTION_INVALID: errorKind<{ option: string; reason: string }>({
    status: 400,
    message: ({ option, reason }) => `The option "${option}" is not usable: ${reason}.`,
    remedy: 'Correct it and open the video again.',
  }),
  MEDIA_ADDRESS_INVALID: errorKind<{ source: string }>({
    status: 400,
    message: ({ source }) => `"${source}" is not an address of a video.`,
    remedy:
      'Give a file, rtsp://, rtsps://, http:// or https:// with a host, usb:0 or /dev/video0; other protocols are not opened.',
  }),
  MEDIA_ADDRESS_FORBIDDEN: errorKind<{ source: string; address: string }>({
    status: 403,
    message: ({ source, address }) =>
      `${source} leads to ${address}, which lies inside the network and is not allowed.`,
    remedy:
      'If a camera stands there, an administrator allows its network: on the page of the camera, with `millwright matrixvision networks allow 192.168.10.0/24`, or in the setting allowedNetworks. A verb that opens the address by itself takes --allow-network.',
  }),
  MEDIA_PASSWORD_ELSEWHERE: errorKind<{ before: string; after: string }>({
    status: 422,
    message: ({ before, after }) => `The stored password is for ${before} and is not sent to ${after}.`,
    remedy: 'Give the password of the new address, or none.',
  }),
  MEDIA_SOURCE_MISSING: errorKind<{ source: string }>({
    status: 404,
    message: ({ source }) => `There is no video at ${source}.`,
    remedy: 'Check the path: the file, the stream name of the camera, or whether the device is plugged in.',
  }),
  MEDIA_SOURCE_DENIED: errorKind<{ source: string }>({
    status: 422,
    message: ({ source }) => `${source} exists, but may not be read.`,
    remedy: 'Give the account that Millwright runs under the right to read it.',
  }),
  MEDIA_NO_VIDEO: errorKind<{ source: string }>({
    status: 422,
    message: ({ source }) => `${source} has no video in it, only other tracks.`,
    remedy: 'Choose a file or stream with a picture.',
  }),
  MEDIA_NO_FRAMES: errorKind<{ source: string }>({
    status: 422,
    message: ({ source }) => `${source} is a video without a single picture that can be decoded.`,
    remedy: 'Check that the recording was finished; record it again or take another file.',
  }),
  MEDIA_UNREADABLE: errorKind<{ source: string; reason: string }>({
    status: 422,
    message: ({ source, reason }) => `${source} cannot be read as video (${reason}).`,
    remedy:
      'Check that it is a video and that it was copied whole. From a web server without byte ranges, an MP4 needs its index at the beginning.',
  }),
  MEDIA_CODEC_UNSUPPORTED: errorKind<{ source: string; codec: string }>({
    status: 415,
    message: ({ source, codec }) => `The video of ${source} is coded in ${codec}, which cannot be decoded here.`,
    remedy: 'Set the camera to H.264 or H.265, or convert the file.',
  }),
  MEDIA_TOO_LARGE: errorKind<{ source: string; width: number; height: number; maxPixels: number }>({
    status: 413,
    message: ({ source, width, height, maxPixels }) =>
      `The picture of ${source} is ${width} x ${height}, more than the ${maxPixels} pixels that are allowed.`,
    remedy: "Use the camera's sub-stream or a smaller resolution, or allow more pixels.",
  }),
  MEDIA_UNAUTHORIZED: errorKind<{ source: string }>({
    status: 422,
    message: ({ source }) => `${source} refused the user name or the password.`,
    remedy:
      'Correct them in the address or in the settings of the camera; some cameras lock for minutes after wrong tries.',
  }),
  MEDIA_UNREACHABLE: errorKind<{ source: string; reason: string }>({
    status: 502,
    message: ({ source, reason }) => `${source} cannot be reached (${reason}).`,
    remedy: 'Check that the camera has power and network, and its address and port.',
  }),
  MEDIA_TIMEOUT: errorKind<{ source: string; seconds: number }>({
    status: 504,
    message: ({ source, seconds }) => `${source} accepted the connection but sent no picture for ${seconds} s.`,
    remedy: 'Restart the camera, or try the other transport (tcp or udp).',
  }),
  MEDIA_STREAM_LOST: errorKind<{ source: string; reason: string }>({
    status: 502,
    message: ({ source, reason }) => `The stream of ${source} broke off (${reason}).`,
    remedy: 'Check the camera and the network between.',
  }),
  MEDIA_PROCESS_CRASHED: errorKind<{ source: string; reason: string }>({
    status: 500,
    message: ({ source, reason }) => `The process that read ${source} ended unexpectedly (${reason}).`,
    remedy: 'Open it again; if it happens again, the stream is probably broken in a way that the decoder cannot bear.',
  }),
  MEDIA_FRAME_GONE: errorKind<{ index: number }>({
    status: 410,
    message: ({ index }) => `Frame ${index} is no longer held by the decoder.`,
    remedy: 'Ask for pictures of a frame before the next eight are taken.',
  }),
  MEDIA_CLOSED: errorKind<{ source: string }>({
    status: 409,
    message: ({ source }) => `${source} was closed while this was under way.`,
    remedy: 'Open it again.',
  }),
  MEDIA_DECODER_FAILED: errorKind<{ source: string; reason: string }>({
    status: 500,
    message: ({ source, reason }) => `The media process could not do its work on ${source} (${reason}).`,
    remedy: 'Do it again; if it happens again, report it with this message.',
  }),
  MEDIA_DISK_FULL: errorKind<{ path: string }>({
    status: 507,
    message: ({ path }) => `There is no room left to write ${path}.`,
    remedy: 'Free some space, or keep recordings for a shorter time; recording goes on by itself once there is room.',
  }),
  MEDIA_WRITE_FAILED: errorKind<{ path: string; reason: string }>({
    status: 500,
    message: ({ path, reason }) => `${path} could not be written (${reason}).`,
    remedy: 'Check the folder and the rights on it, then do it again.',
  }),
  MEDIA_CLIP_EMPTY: errorKind<{ source: string; from: string; to: string }>({
    status: 404,
    message: ({ source, from, to }) => `${source} has no picture between ${from} and ${to}.`,
    remedy: 'Choose a time that was recorded.',
  }),
  MEDIA_ONVIF_FAILED: errorKind<{ source: string; reason: string }>({
    status: 502,
    message: ({ source, reason }) => `The camera at ${source} did not tell its streams (${reason}).`,
    remedy: 'Check that ONVIF is switched on in the camera, or enter the address of its stream by hand.',
  }),
});

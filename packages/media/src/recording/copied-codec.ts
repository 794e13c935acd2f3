const fourTwoZero = new Set(['yuv420p', 'yuvj420p']);

/**
 * Whether packets of such a video are recorded as they come: MP4 and browsers take them. Names are FFmpeg's. All else is
 * encoded as H.264 while it is recorded, for which every frame has to be decoded.
 */
export const isCopiedCodec = (codec: string, pixelFormat: string): boolean =>
  codec === 'hevc' || (codec === 'h264' && fourTwoZero.has(pixelFormat));

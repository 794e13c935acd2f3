import {
  AVERROR_DECODER_NOT_FOUND,
  AVERROR_DEMUXER_NOT_FOUND,
  AVERROR_EOF,
  AVERROR_HTTP_FORBIDDEN,
  AVERROR_HTTP_NOT_FOUND,
  AVERROR_HTTP_UNAUTHORIZED,
  AVERROR_INVALIDDATA,
  AVERROR_PROTOCOL_NOT_FOUND,
} from 'node-av/constants';
import { FFmpegError, PosixError } from 'node-av/lib';
import type { Failure, InputCommand } from '../wire/commands.ts';

/** Something that ends what this process was asked for, in words of the product. */
export class MediaFailure extends Error {
  readonly failure: Failure;

  constructor(code: string, details: Failure['details']) {
    super(code);
    this.failure = { code, details };
  }
}

/** Any error as a failure; what was not foreseen keeps its own words. */
export function failureOf(error: unknown, source: string): Failure {
  if (error instanceof MediaFailure) return error.failure;
  const reason = error instanceof Error ? error.message : String(error);
  return { code: 'MEDIA_DECODER_FAILED', details: { source, reason } };
}

const posix = (name: keyof typeof PosixError): number => FFmpegError.AVERROR(PosixError[name]);
const timedOut = [-110, -138, -10060];
const refused = [-111, -61, -10061];

/** What FFmpeg's answer to opening an input means for whoever gave the address. */
export function openFailure(code: number, input: InputCommand, problem?: string): MediaFailure {
  const source = input.shown;
  const reason = problem ?? FFmpegError.strerror(code);
  if (problem) return new MediaFailure('MEDIA_UNREACHABLE', { source, reason });
  if (code === AVERROR_HTTP_UNAUTHORIZED || code === AVERROR_HTTP_FORBIDDEN)
    return new MediaFailure('MEDIA_UNAUTHORIZED', { source });
  if (code === posix('ENOENT') || code === posix('ENODEV') || code === AVERROR_HTTP_NOT_FOUND)
    return new MediaFailure('MEDIA_SOURCE_MISSING', { source });
  if (code === posix('EACCES') || code === posix('EPERM')) return new MediaFailure('MEDIA_SOURCE_DENIED', { source });
  if (code === AVERROR_PROTOCOL_NOT_FOUND) return new MediaFailure('MEDIA_ADDRESS_INVALID', { source });
  if (timedOut.includes(code))
    return new MediaFailure('MEDIA_TIMEOUT', { source, seconds: input.openTimeoutMs / 1000 });
  if (code === AVERROR_DECODER_NOT_FOUND)
    return new MediaFailure('MEDIA_CODEC_UNSUPPORTED', { source, codec: 'an unknown codec' });
  if (code === AVERROR_EOF) return new MediaFailure('MEDIA_NO_FRAMES', { source });
  const unreadable = code === AVERROR_INVALIDDATA || code === AVERROR_DEMUXER_NOT_FOUND;
  if (input.kind === 'file' || input.kind === 'device' || (unreadable && !refused.includes(code)))
    return new MediaFailure('MEDIA_UNREADABLE', { source, reason });
  return new MediaFailure('MEDIA_UNREACHABLE', { source, reason });
}

import type { Blobs } from '@millwright/blobs';
import { signedAddress } from '@millwright/media/stream';
import type { AttributeModel } from '../attributes/teaching/attribute-model.ts';
import { cameraErrors } from '../camera-errors.ts';
import type { CameraSettings } from '../cameras/schemas.ts';
import { type RuleSet, settingsOf } from '../cameras/service.ts';
import type { CameraRow } from '../schema.ts';
import type { WatchedCamera } from './watched-camera.ts';

/** What the analysis needs to know of a stored camera. Throws CAMERA_FILE_AWAY where files are not on this machine. */
export function watchedFromRow(
  row: CameraRow,
  rules: RuleSet,
  attributes: readonly AttributeModel[],
  blobs: Pick<Blobs, 'localPath'>,
): WatchedCamera {
  const settings = settingsOf(row);
  const { model, mostPerSecond, labels, threshold } = settings.detection;
  return {
    id: row.id,
    ...placeOf(row.name, settings, blobs),
    ...{ model, mostPerSecond, rules: rules.rules, ruleVersion: rules.version, attributes },
    ...(labels && { labels }),
    ...(threshold !== undefined && { threshold }),
    ...(settings.privacy.blur !== 'none' && { covering: settings.privacy.blur }),
    ...(settings.recording.mode !== 'off' && { recording: recordingOf(settings.recording, settings.recording.mode) }),
  };
}

function placeOf(
  name: string,
  { source }: CameraSettings,
  blobs: Pick<Blobs, 'localPath'>,
): Pick<WatchedCamera, 'url' | 'analysisUrl' | 'transport' | 'plays'> {
  switch (source.type) {
    case 'stream': {
      const { url, subUrl, transport } = source;
      const analysisUrl = subUrl && { analysisUrl: signedAddress(subUrl, source) };
      return { url: signedAddress(url, source), ...analysisUrl, transport };
    }
    case 'file': {
      if (!blobs.localPath) throw cameraErrors.CAMERA_FILE_AWAY({ name, file: source.fileName });
      return { url: blobs.localPath(source.blob), transport: 'tcp', plays: { loop: source.loop } };
    }
    case 'device':
      return { url: source.device, transport: 'tcp' };
  }
}

const recordingOf = (
  { preSeconds, postSeconds, days, gigabytes }: CameraSettings['recording'],
  mode: 'event' | 'continuous',
) => ({ mode, preMs: preSeconds * 1000, postMs: postSeconds * 1000, days, bytes: gigabytes * 1e9 });

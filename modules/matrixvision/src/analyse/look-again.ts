import { openPose } from '@millwright/inference';
import { CameraHealthMonitor, openVideo, type VideoFrame, type ViewSpec } from '@millwright/media';
import type { AttributeModel } from '../attributes/teaching/attribute-model.ts';
import { AttributeReader } from '../attributes/verdicts/attribute-reader.ts';
import type { Size } from '../geometry/box.ts';
import type { Observation } from '../observation.ts';
import type { RulesFile } from '../rules/rules-file.ts';
import { needsPoses } from '../runtime/needs-poses.ts';
import { PoseReader } from '../runtime/pose-reader.ts';
import { RegionReader } from '../runtime/region-reader.ts';
import type { VideoPart } from './video-part.ts';

export interface LookAgainOptions {
  readonly parts: readonly VideoPart[];
  /** One for each frame of the parts, in order, until the analysis ended. */
  readonly observations: readonly Observation[];
  readonly rules: RulesFile;
  readonly attributes: readonly AttributeModel[];
  /** Folder that converted networks are kept in. */
  readonly models: string;
  readonly signal: AbortSignal;
}

/** Between two looks at the state of the camera, as it is asked live. */
const healthEveryMs = 500;

/**
 * What rules ask of the pictures beside what a detector finds there: the state of the camera, things put down or taken,
 * smoke and flames, poses, taught attributes. Whole tracks are known only when a video has been seen to its end, so it is
 * decoded once more; where no rule asks, the observations come back as they are. Rejects with errors of `mediaErrors` and
 * `inferenceErrors`.
 */
export async function lookAgain(options: LookAgainOptions): Promise<readonly Observation[]> {
  const { parts, observations, rules, attributes, models, signal } = options;
  const regions = new RegionReader();
  regions.setRules(rules);
  const health = asksForHealth(rules) ? new CameraHealthMonitor() : undefined;
  const posed = needsPoses(attributes, rules);
  if (!health && !posed && !regions.isAsked) return observations;
  const pose = posed ? await openPose({ cache: models }) : undefined;
  const poses = pose && new PoseReader(pose);
  const worn = new AttributeReader(attributes);
  const seen: Observation[] = [];
  let healthAt = Number.NEGATIVE_INFINITY;
  const look = async (frame: VideoFrame, observation: Observation): Promise<Observation> => {
    const { time } = observation;
    if (health && time - healthAt >= healthEveryMs) {
      healthAt = time;
      health.take(frame.look, time);
    }
    const placed = placedFrame(frame, observation);
    const objects = await worn.read(placed, (await poses?.read(placed, observation.objects)) ?? observation.objects);
    const found = await regions.read(placed, objects);
    return { ...observation, objects, ...(health && { health: health.health }), ...(found && { regions: found }) };
  };
  try {
    for (const { path: url, startTime } of parts) {
      // One thread and every frame, as the first time: the frames have to be the same ones.
      const stream = await openVideo({ url, startTime, signal, threads: 1, look: health !== undefined });
      try {
        for await (const frame of stream.frames()) {
          const observation = observations[seen.length];
          if (!observation) break;
          seen.push(await look(frame, observation));
        }
      } catch (error) {
        // It broke off here the first time too.
        if (signal.aborted || seen.length === 0) throw error;
      } finally {
        await stream.close();
      }
    }
  } finally {
    await pose?.close();
  }
  return [...seen, ...observations.slice(seen.length)];
}

const asksForHealth = ({ rules }: RulesFile): boolean =>
  rules.some(({ kind, enabled }) => kind === 'camera-tampering' && enabled);

/** A frame in the measure of the whole video: it may have another size of its own. */
function placedFrame(frame: VideoFrame, { time, width, height }: Size & { readonly time: number }) {
  const [scaleX, scaleY] = [frame.width / width, frame.height / height];
  const own = ({ region, ...spec }: ViewSpec): ViewSpec => ({
    ...spec,
    ...(region && {
      region: {
        ...{ x: region.x * scaleX, y: region.y * scaleY },
        ...{ width: region.width * scaleX, height: region.height * scaleY },
      },
    }),
  });
  return {
    ...{ time, width, height },
    async views(specs: readonly ViewSpec[]) {
      const pictures = await frame.views(specs.map(own));
      // Offsets and scales lead back into the frame; from there it is on into the whole video.
      return pictures.map((picture) => ({
        ...picture,
        ...{ scaleX: picture.scaleX * scaleX, scaleY: picture.scaleY * scaleY },
        ...{ offsetX: picture.offsetX / scaleX, offsetY: picture.offsetY / scaleY },
      }));
    },
  };
}

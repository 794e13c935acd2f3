import { inferenceErrors, openDetectorPool } from '@millwright/inference';
import type { AttributeModel } from '../attributes/teaching/attribute-model.ts';
import { matrixvisionErrors } from '../errors.ts';
import type { Size } from '../geometry/box.ts';
import { formatMotRows, type MotRow } from '../mot/mot-rows.ts';
import type { Observation } from '../observation.ts';
import { createRules } from '../rules/engine.ts';
import type { Counts, RuleEvent } from '../rules/rule.ts';
import type { RulesFile } from '../rules/rules-file.ts';
import { type UnjudgedRule, unjudgedRules } from '../rules/unjudged-rules.ts';
import { trackOffline, type WholeTrack } from '../tracking/offline.ts';
import { trackerDefaults } from '../tracking/options.ts';
import { quantiseObservation } from '../tracks/quantise.ts';
import { type DetectionRate, type DetectOptions, detectInVideo } from './detect-in-video.ts';
import { lookAgain } from './look-again.ts';
import { observeTracks } from './observe-tracks.ts';
import type { VideoPart } from './video-part.ts';

export interface AnalyseOptions
  extends Pick<DetectOptions, 'parts' | 'labels' | 'seconds' | 'mostFrames' | 'enough' | 'progress'> {
  /** A bundled network or the path of a model card. */
  readonly model: string;
  /** Folder that converted networks are kept in. */
  readonly models: string;
  readonly every: DetectionRate;
  readonly rules: RulesFile;
  /** Taught attributes that rules may ask about. */
  readonly attributes?: readonly AttributeModel[] | undefined;
  /** Networks at work at once, each on a core of its own. */
  readonly threads: number;
  readonly signal: AbortSignal;
}

export interface VideoAnalysis {
  /** `seconds`: as the file states; `shown`: from the first picture to the end of the last one that was looked through. */
  readonly video: Size & { frameRate: number; codec: string; seconds: number; shown: number };
  readonly model: { name: string; version: string; sha256: string };
  readonly provider: string;
  readonly frames: number;
  /** Frames that the detector looked at. */
  readonly looked: number;
  readonly corrupt: number;
  /** Code of the error at which the video breaks off. */
  readonly brokenOff: string | undefined;
  /** The parts of which there is a frame. */
  readonly parts: readonly VideoPart[];
  /** Boxes that the tracker was given; many of low score, which only keep tracks alive. */
  readonly detections: number;
  readonly tracks: readonly WholeTrack[];
  /** What the rules were told, moment by moment. */
  readonly observations: readonly Observation[];
  /** By rule, of those that count and that could be judged. */
  readonly counts: Readonly<Record<string, Counts>>;
  /** Rules that nothing could be found by. */
  readonly unjudged: readonly UnjudgedRule[];
  /** Times as the parts have them: milliseconds since 1970, or from the start of a video that does not know. */
  readonly events: readonly RuleEvent[];
  /** Milliseconds: the whole, and within the network. */
  readonly wallMs: number;
  readonly networkMs: number;
}

/**
 * Detections, tracks, counts and events of a whole video. What is known of the end is used for the beginning, so the
 * tracks are better than live ones. Rejects with errors of `mediaErrors` and `inferenceErrors`, and with MATRIXVISION_NO_PICTURE.
 */
export async function analyseVideo(options: AnalyseOptions): Promise<VideoAnalysis> {
  const { model, models, labels, rules, threads, signal, attributes = [] } = options;
  const detector = await openDetectorPool({ model, cache: models, workers: threads });
  try {
    if (labels && !labels.some((label) => detector.labels.includes(label)))
      throw inferenceErrors.INFERENCE_LABELS_UNKNOWN({ model, labels, known: detector.labels });
    const begun = performance.now();
    const detected = await detectInVideo({ ...options, detector, leastScore: trackerDefaults.lowScore });
    const { info, frames } = detected;
    if (!info || frames.length === 0) throw matrixvisionErrors.MATRIXVISION_NO_PICTURE({});
    const size = { width: info.width, height: info.height };
    const tracks = trackOffline(frames, size);
    const engine = createRules(rules);
    // What is stored is what the rules see, so that a replay gives the same events.
    const { parts } = detected;
    const followed = observeTracks(frames, tracks, size);
    const looked = await lookAgain({ parts, observations: followed, rules, attributes, models, signal });
    const observations = looked.map(quantiseObservation);
    const events = observations.flatMap((observation) => engine.observe(observation));
    events.push(...engine.finish());
    const unjudged = unjudgedRules(rules, labels ?? detector.labels, attributes);
    const counts = Object.entries(engine.counts()).filter(([id]) => unjudged.every(({ rule }) => rule !== id));
    const isOneFile = parts.length === 1;
    const betweenMs = frames.at(-1)!.time - frames[0]!.time;
    // The last picture is shown for as long as the others are on average.
    const stepMs = frames.length > 1 ? betweenMs / (frames.length - 1) : info.frameRate > 0 ? 1000 / info.frameRate : 0;
    const shownMs = Math.round(betweenMs + stepMs);
    return {
      video: {
        ...{ ...size, frameRate: info.frameRate, codec: info.codec },
        seconds: ((isOneFile ? info.durationMs : undefined) ?? shownMs) / 1000,
        shown: shownMs / 1000,
      },
      model: { name: detector.name, version: detector.version, sha256: detector.sha256 },
      provider: detector.provider,
      ...{ frames: frames.length, looked: detected.looked, corrupt: detected.corrupt },
      ...{ brokenOff: detected.brokenOff, parts },
      detections: frames.reduce((sum, { detections }) => sum + (detections?.length ?? 0), 0),
      ...{ tracks, observations, counts: Object.fromEntries(counts), unjudged, events },
      ...{ wallMs: performance.now() - begun, networkMs: detected.networkMs },
    };
  } finally {
    await detector.close();
  }
}

/** Tracks in MOTChallenge format: frames from 1. */
export function motTracks(tracks: readonly WholeTrack[]): string {
  const rows: MotRow[] = tracks.flatMap(({ track, boxes }) =>
    boxes.map(({ index, box, score }) => ({ frame: index + 1, id: track, box, confidence: score })),
  );
  return formatMotRows(rows);
}

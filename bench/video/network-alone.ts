import { type ImageInput, openDetectorPool } from '@millwright/inference';
import { trackerDefaults } from '@millwright/matrixvision';
import { ownScore } from '@millwright/matrixvision/analyse';
import { openVideo } from '@millwright/media';

export interface NetworkAlone {
  readonly frames: number;
  readonly wallMs: number;
}

/**
 * The network on the very pictures that an analysis gives it, and nothing beside: they are all decoded and scaled before the
 * clock starts, lie in memory that threads share, and what comes out is thrown away.
 */
export async function networkAlone(options: {
  readonly video: string;
  readonly model: string;
  readonly models: string;
  readonly labels: readonly string[];
  readonly threads: number;
}): Promise<NetworkAlone> {
  const { video, model, models, labels, threads } = options;
  const detector = await openDetectorPool({ model, cache: models, workers: threads });
  try {
    const stream = await openVideo({ url: video });
    const spec = detector.inputFor(stream.info.width, stream.info.height);
    stream.change({ views: [spec] });
    const pictures: ImageInput[] = [];
    for await (const frame of stream.frames()) {
      const picture = frame.pictures[0] ?? (await frame.views([spec]))[0]!;
      const data = new Uint8Array(new SharedArrayBuffer(picture.data.length));
      data.set(picture.data);
      pictures.push({ ...picture, data });
    }
    const threshold = ownScore(trackerDefaults.lowScore, detector.threshold);
    const begun = performance.now();
    await Promise.all(pictures.map((picture) => detector.detect([picture], { threshold, labels })));
    return { frames: pictures.length, wallMs: performance.now() - begun };
  } finally {
    await detector.close();
  }
}

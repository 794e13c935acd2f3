/** `node scripts/draw-scene-picture.ts [docs/matrixvision-scene.png]`: a picture of a sample camera with what the bundled detector sees in it. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openDetector } from '@millwright/inference';
import { encodeVideo, openVideo } from '@millwright/media';
import { Scene, sampleCameras } from '@millwright/testkit/scene';
import sharp from 'sharp';

const out = process.argv[2] ?? fileURLToPath(new URL('../docs/matrixvision-scene.png', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'millwright-picture-'));
const gate = sampleCameras.find(({ key }) => key === 'gate')!;
const scene = new Scene({ ...gate.scene, width: 1280, height: 720 });
const { width, height } = scene.definition;
const picture = Buffer.from(scene.draw(scene.definition.frameRate * 34).picture);
try {
  const file = join(folder, 'picture.mp4');
  await encodeVideo([picture, picture], { width, height, frameRate: 10, out: file });
  const detector = await openDetector({ model: 'centernet', cache: join(folder, 'models') });
  const video = await openVideo({ url: file, views: [detector.inputFor(width, height)] });
  for await (const { pictures } of video.frames()) {
    const [found] = await detector.detect(pictures, { labels: ['person'] });
    const boxes = found!.map(
      ({ box: { x, y, width: w, height: h }, score }) =>
        `<rect x="${x}" y="${y}" width="${w}" height="${h}" fill="none" stroke="#22d3ee" stroke-width="3"/>
        <rect x="${x - 1.5}" y="${y - 25}" width="112" height="24" fill="#22d3ee"/>
        <text x="${x + 6}" y="${y - 7}" font-family="sans-serif" font-size="17" fill="#06303a">person ${score.toFixed(2)}</text>`,
    );
    const overlay = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${boxes.join('')}</svg>`;
    await sharp(picture, { raw: { width, height, channels: 3 } })
      .composite([{ input: Buffer.from(overlay) }])
      .png({ palette: true })
      .toFile(out);
    break;
  }
  await detector.close();
} finally {
  rmSync(folder, { recursive: true, force: true });
}

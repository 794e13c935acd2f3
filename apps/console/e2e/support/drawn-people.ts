import { type PersonInScene, Scene, walkwayStage } from '@millwright/testkit/scene';
import sharp from 'sharp';

export interface DrawnPerson {
  /** For `setInputFiles`. */
  readonly name: string;
  readonly mimeType: 'image/jpeg';
  readonly buffer: Buffer;
}

const size = { width: 960, height: 540 };
/** Side by side, so that nobody hides another. */
const places = [-2.8, -2, -1.2, -0.4, 0.4, 1.2, 2, 2.8];

/** So many people cut out of drawn pictures, all with a hat or all without; no real people. */
export async function drawPeople(hat: boolean, count: number): Promise<DrawnPerson[]> {
  const people: DrawnPerson[] = [];
  for (let from = 0; from < count; from += places.length) {
    const actors = places.map(
      (x, at): PersonInScene => ({
        ...{ kind: 'person', seed: 100 + from + at + (hat ? 0 : 500), hat },
        path: [{ at: 0, x, z: 6.7 }],
      }),
    );
    const scene = new Scene({ ...size, frameRate: 1, seconds: 1, seed: from + 1, stage: walkwayStage(), actors });
    const { picture, objects } = scene.draw(0);
    const whole = sharp(Buffer.from(picture), { raw: { ...size, channels: 3 } });
    for (const { box } of objects) {
      const left = Math.max(0, Math.floor(box.x));
      const top = Math.max(0, Math.floor(box.y));
      const region = {
        ...{ left, top },
        width: Math.min(size.width - left, Math.ceil(box.width)),
        height: Math.min(size.height - top, Math.ceil(box.height)),
      };
      const buffer = await whole.clone().extract(region).jpeg({ quality: 95 }).toBuffer();
      people.push({ name: `${hat ? 'hat' : 'bare'}-${people.length + 1}.jpg`, mimeType: 'image/jpeg', buffer });
    }
  }
  return people.slice(0, count);
}

import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { sceneErrors } from './errors.ts';
import { sampleCameras } from './sample/sample-cameras.ts';
import { Scene } from './scene.ts';
import type { SceneDefinition, Tampering } from './scene-definition.ts';
import { walkwayStage } from './stage/walkway.ts';

const small: SceneDefinition = {
  ...{ width: 160, height: 90, frameRate: 10, seconds: 4, seed: 7, stage: walkwayStage() },
  actors: [
    {
      ...{ kind: 'person', seed: 4, vest: true, hat: true },
      path: [
        { at: 0, x: -3, z: 6.5 },
        { at: 4, x: 3, z: 6.5 },
      ],
    },
    {
      ...{ kind: 'person', seed: 9 },
      path: [
        { at: 0, x: 0, z: 8, face: Math.PI, doing: 'work' },
        { at: 4, x: 0, z: 8 },
      ],
    },
  ],
};
const digest = (picture: Uint8ClampedArray) => createHash('sha256').update(picture).digest('hex');
const mean = (picture: Uint8ClampedArray) => picture.reduce((sum, value) => sum + value, 0) / picture.length;
/** Mean step from a pixel to its right neighbour: what a lens out of focus takes away. */
function sharpness(picture: Uint8ClampedArray): number {
  let sum = 0;
  for (let at = 3; at < picture.length; at += 3) sum += Math.abs(picture[at]! - picture[at - 3]!);
  return sum / (picture.length / 3);
}

describe('a drawn scene', () => {
  it('gives the same bytes for the same definition, in whatever order its pictures are drawn, and others for another seed', () => {
    const [one, other] = [new Scene(small), new Scene(small)];
    other.draw(30);
    expect(digest(other.draw(12).picture)).toBe(digest(one.draw(12).picture));
    expect(digest(new Scene({ ...small, seed: 8 }).draw(12).picture)).not.toBe(digest(one.draw(12).picture));
  });

  it('knows where each thing is: what differs from the empty scene lies in the boxes, and fills them', () => {
    const quiet = { ...small, noise: 0 };
    const { picture, objects } = new Scene(quiet).draw(5);
    const empty = new Scene({ ...quiet, actors: [] }).draw(5).picture;
    const { width } = small;
    const person = objects[0]!;
    const [box, head] = [person.seen!, person.box];
    let outside = 0;
    let inside = 0;
    for (let at = 0; at < picture.length; at += 3) {
      if (Math.abs(picture[at]! - empty[at]!) < 40) continue;
      const [x, y] = [(at / 3) % width, Math.floor(at / 3 / width)];
      const isIn = objects.some(
        ({ seen }) =>
          seen && x >= seen.x - 1 && x <= seen.x + seen.width && y >= seen.y - 1 && y <= seen.y + seen.height,
      );
      if (isIn) inside += 1;
      else outside += 1;
    }
    expect(inside).toBeGreaterThan(0.2 * box.width * box.height);
    expect(outside).toBe(0);
    for (const side of ['x', 'y', 'width', 'height'] as const)
      expect(Math.abs(box[side] - head[side])).toBeLessThan(1.6);
    expect(person.visibility).toBeGreaterThan(0.85);
  });

  it('hides who stands behind somebody, and says so', () => {
    const at = (x: number, z: number) => [
      { at: 0, x, z, face: Math.PI },
      { at: 4, x, z },
    ];
    const { objects } = new Scene({
      ...small,
      actors: [
        { kind: 'person', seed: 1, path: at(0, 5) },
        { kind: 'person', seed: 2, path: at(0.02, 7) },
        { kind: 'person', seed: 3, path: at(2.5, 7) },
        { kind: 'person', seed: 3, path: at(90, 7) },
      ],
    }).draw(0);
    const [front, behind, beside, outside] = objects.map(({ visibility }) => visibility);
    expect(front).toBeGreaterThan(0.85);
    expect(behind).toBeLessThan(0.5);
    expect(beside).toBeGreaterThan(0.85);
    expect(outside).toBe(0);
    expect(objects[3]!.seen).toBeUndefined();
  });

  it('lays a person down who falls', () => {
    const scene = new Scene({
      ...small,
      actors: [
        {
          ...{ kind: 'person', seed: 3 },
          path: [
            { at: 0, x: -1, z: 6 },
            { at: 1, x: 0, z: 6, doing: 'lie' },
            { at: 4, x: 0, z: 6 },
          ],
        },
      ],
    });
    const [before, after] = [scene.objectsAt(0.5)[0]!, scene.objectsAt(3)[0]!];
    expect([before.isLying, after.isLying]).toEqual([false, true]);
    expect(before.box.height).toBeGreaterThan(1.5 * before.box.width);
    expect(after.box.width).toBeGreaterThan(1.5 * after.box.height);
  });

  it.each(sampleCameras.map((camera) => [camera.key, camera] as const))(
    'shows a sample camera %s that loops: nobody is in the picture at its ends',
    (_key, { scene: definition }) => {
      const scene = new Scene({ ...definition, width: 160, height: 90 });
      const inPicture = ({ seen }: { seen: unknown }) => seen !== undefined;
      expect(scene.draw(0).objects.filter(inPicture)).toEqual([]);
      expect(scene.draw(scene.frames - 1).objects.filter(inPicture)).toEqual([]);
      const seen = new Set<number>();
      for (let frame = 0; frame < scene.frames; frame += 50)
        for (const object of scene.draw(frame).objects.filter(inPicture)) seen.add(object.id);
      expect(seen.size).toBe(definition.actors.length);
    },
  );

  it('shows what tampering does to a camera', () => {
    const kinds: Tampering['kind'][] = ['black', 'covered', 'frozen', 'turned', 'defocused'];
    const of = (kind: Tampering['kind']) => new Scene({ ...small, tampering: [{ kind, from: 1, until: 3 }] });
    for (const kind of kinds) {
      const scene = of(kind);
      const good = digest(new Scene(small).draw(35).picture);
      const before = new Uint8ClampedArray(scene.draw(9).picture);
      const during = new Uint8ClampedArray(scene.draw(15).picture);
      if (kind === 'black') expect(mean(during)).toBeLessThan(8);
      if (kind === 'covered') expect(sharpness(during)).toBeLessThan(sharpness(before) / 2);
      if (kind === 'frozen') expect(digest(during)).toBe(digest(before));
      if (kind === 'turned') expect(sharpness(during)).toBeGreaterThan(sharpness(before) / 2);
      if (kind === 'defocused') expect(sharpness(during)).toBeLessThan(sharpness(before) / 2);
      if (kind !== 'frozen') expect(digest(during)).not.toBe(digest(before));
      // Afterwards it is as if nothing had been.
      expect(digest(scene.draw(35).picture)).toBe(good);
    }
  });

  it('refuses what cannot be drawn', () => {
    const code = sceneErrors.SCENE_INVALID({ reason: '' }).code;
    const wrong: Partial<SceneDefinition>[] = [
      { width: 161 },
      { frameRate: 0 },
      { seconds: Number.NaN },
      { actors: [{ kind: 'parcel', path: [] }] },
      {
        actors: [
          {
            kind: 'parcel',
            path: [
              { at: 2, x: 0, z: 5 },
              { at: 1, x: 0, z: 5 },
            ],
          },
        ],
      },
    ];
    for (const change of wrong)
      expect(() => new Scene({ ...small, ...change })).toThrow(expect.objectContaining({ code }));
  });
});

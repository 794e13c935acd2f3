import { sceneErrors } from './errors.ts';
import { type Appearance, makeAppearance } from './figure/appearance.ts';
import { bodyLimbs } from './figure/body-limbs.ts';
import { between, lying, type Posture, walking, working } from './figure/posture.ts';
import { type Moment, Path } from './path.ts';
import { PinholeCamera } from './render/camera.ts';
import { Canvas } from './render/canvas.ts';
import { drawFace } from './render/draw-face.ts';
import { drawLimb } from './render/draw-limb.ts';
import type { Vector } from './render/vector.ts';
import type { PersonInScene, SceneDefinition, ThingInScene } from './scene-definition.ts';
import { Sensor } from './sensor.ts';
import { forklift } from './things/forklift.ts';
import { lorry } from './things/lorry.ts';
import { parcel } from './things/parcel.ts';
import { groundShadow } from './things/solid.ts';
import type { ThingShape } from './things/thing-shape.ts';

/** In pixels of the picture; x and y are the top left corner. */
export interface SceneBox {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** One thing at one moment, as it truly is. */
export interface SceneObject {
  /** From 1, by its place in the scene's list. */
  readonly id: number;
  /** `person`, `forklift`, `lorry`, `parcel`. */
  readonly kind: (PersonInScene | ThingInScene)['kind'];
  /** All of it, also what something else hides or what lies outside of the picture. */
  readonly box: SceneBox;
  /** Where it stands on the ground, in pixels: people under their hips, things under their middle. */
  readonly foot: { readonly x: number; readonly y: number };
  readonly isLying: boolean;
}

/** What is seen of a thing in a drawn picture. */
export interface SeenObject extends SceneObject {
  /** Of the pixels that show it; undefined when it is hidden. */
  readonly seen: SceneBox | undefined;
  /** Area of `seen` in that of `box`, 0 to 1. */
  readonly visibility: number;
}

export interface ScenePicture {
  /** rgb24, rows packed; the memory is used again for the next picture. */
  readonly picture: Uint8ClampedArray;
  readonly objects: readonly SeenObject[];
}

interface Actor {
  readonly id: number;
  readonly path: Path;
  readonly definition: PersonInScene | ThingInScene;
  readonly look: Appearance | undefined;
}

const fallingSeconds = 0.9;
const things: Record<ThingInScene['kind'], (at: Vector, heading: number) => ThingShape> = { forklift, lorry, parcel };

/** Draws a scene, picture by picture, and knows the truth of every one. The same definition gives the same bytes. */
export class Scene {
  readonly definition: SceneDefinition;
  readonly frames: number;
  readonly #actors: readonly Actor[];
  readonly #canvas: Canvas;
  readonly #views: Views;
  readonly #sensor: Sensor;
  readonly #picture: Uint8ClampedArray;

  constructor(definition: SceneDefinition) {
    const { width, height, frameRate, seconds, actors } = definition;
    check(definition);
    this.definition = definition;
    this.frames = Math.round(frameRate * seconds);
    this.#actors = actors.map((one, index) => ({
      ...{ id: index + 1, path: new Path(one.path), definition: one },
      look: one.kind === 'person' ? makeAppearance(one.seed, one) : undefined,
    }));
    this.#canvas = new Canvas(width * 2, height * 2);
    this.#views = new Views(definition);
    this.#picture = new Uint8ClampedArray(width * height * 3);
    this.#sensor = new Sensor(definition);
  }

  /** Seconds from the start of the scene. */
  secondsOf(frame: number): number {
    return frame / this.definition.frameRate;
  }

  /** What is there, hidden or not; nothing is drawn. */
  objectsAt(seconds: number): SceneObject[] {
    const camera = this.#views.camera(false);
    return this.#shapes(seconds, camera).map(({ object }) => object);
  }

  draw(frame: number): ScenePicture {
    const seconds = this.secondsOf(frame);
    const turned = this.#sensor.tampering(seconds) === 'turned';
    const camera = this.#views.camera(turned);
    const still = this.#views.still(turned);
    this.#restore(still);
    const shapes = this.#shapes(seconds, camera);
    const canvas = this.#canvas;
    for (const { shape } of shapes) {
      canvas.begin();
      for (const shadow of shape.shadows) drawFace(canvas, camera, shadow, 0);
    }
    for (const { object, shape } of shapes) {
      canvas.begin();
      for (const face of shape.faces) drawFace(canvas, camera, face, object.id);
      for (const limb of shape.limbs) drawLimb(canvas, camera, limb, object.id);
    }
    canvas.join();
    for (const area of canvas.dirty) canvas.halveInto(this.#picture, area);
    const seen = this.#seen();
    return {
      picture: this.#sensor.take(this.#picture, frame),
      objects: shapes.map(({ object }) => {
        const box = seen.get(object.id);
        const whole = object.box.width * object.box.height;
        return { ...object, seen: box, visibility: box ? Math.min(1, (box.width * box.height) / whole) : 0 };
      }),
    };
  }

  #shown: Canvas | undefined;
  #restore(still: Canvas): void {
    const canvas = this.#canvas;
    if (this.#shown === still) {
      const areas = [...canvas.dirty];
      canvas.restore(still);
      for (const area of areas) canvas.halveInto(this.#picture, area);
      return;
    }
    canvas.copyFrom(still);
    canvas.halveInto(this.#picture, { left: 0, top: 0, right: canvas.width, bottom: canvas.height });
    this.#shown = still;
  }

  #shapes(seconds: number, camera: PinholeCamera): { object: SceneObject; shape: ThingShape }[] {
    return this.#actors.flatMap(({ id, path, definition, look }) => {
      const moment = path.at(seconds);
      if (!moment) return [];
      const place: Vector = [moment.x, 0, moment.z];
      const shape = look
        ? personShape(look, moment, this.definition.seconds, camera)
        : things[(definition as ThingInScene).kind](place, moment.heading);
      const { x, y } = camera.project(place);
      const box = boxOf(shape, camera);
      const isLying = moment.doing === 'lie' && moment.since > fallingSeconds;
      return [{ shape, object: { id, kind: definition.kind, box, foot: { x: x / 2, y: y / 2 }, isLying } }];
    });
  }

  #seen(): Map<number, SceneBox> {
    const found = new Map<number, { left: number; top: number; right: number; bottom: number }>();
    const { owner, width, dirty } = this.#canvas;
    for (const area of dirty)
      for (let y = area.top; y < area.bottom; y++)
        for (let x = area.left; x < area.right; x++) {
          const id = owner[y * width + x]!;
          if (id === 0) continue;
          const box = found.get(id);
          if (!box) found.set(id, { left: x, top: y, right: x + 1, bottom: y + 1 });
          else {
            if (x < box.left) box.left = x;
            if (x >= box.right) box.right = x + 1;
            if (y < box.top) box.top = y;
            if (y >= box.bottom) box.bottom = y + 1;
          }
        }
    const halved = ({ left, top, right, bottom }: { left: number; top: number; right: number; bottom: number }) => ({
      ...{ x: left / 2, y: top / 2, width: (right - left) / 2, height: (bottom - top) / 2 },
    });
    return new Map([...found].map(([id, box]) => [id, halved(box)]));
  }
}

function check({ width, height, frameRate, seconds, actors }: SceneDefinition): void {
  const fail = (reason: string) => sceneErrors.SCENE_INVALID({ reason });
  const isSide = (value: number) => Number.isInteger(value) && value >= 32 && value <= 4096 && value % 2 === 0;
  if (!isSide(width) || !isSide(height)) throw fail('width and height must be even numbers from 32 to 4096');
  if (!(frameRate > 0 && frameRate <= 120)) throw fail('frameRate must be above 0 and at most 120');
  if (!(seconds > 0 && seconds <= 3600)) throw fail('seconds must be above 0 and at most 3600');
  if (actors.length > 250) throw fail('there are more than 250 actors');
  actors.forEach(({ path }, index) => {
    if (path.length < 1) throw fail(`actor ${index + 1} has no waypoint`);
    if (path.some(({ at }, place) => place > 0 && at <= path[place - 1]!.at))
      throw fail(`the waypoints of actor ${index + 1} are not in order of time`);
  });
}

/** The empty stage as the camera sees it, and as it sees it when somebody has turned it. Drawn when first wanted. */
class Views {
  readonly #definition: SceneDefinition;
  readonly #made = new Map<boolean, { camera: PinholeCamera; still: Canvas }>();

  constructor(definition: SceneDefinition) {
    this.#definition = definition;
  }

  camera(turned: boolean): PinholeCamera {
    return this.#view(turned).camera;
  }

  still(turned: boolean): Canvas {
    return this.#view(turned).still;
  }

  #view(turned: boolean): { camera: PinholeCamera; still: Canvas } {
    const known = this.#made.get(turned);
    if (known) return known;
    const { width, height, stage } = this.#definition;
    const still = new Canvas(width * 2, height * 2);
    const place = turned
      ? { ...stage.camera, yaw: (stage.camera.yaw ?? 0) + 0.45, pitch: stage.camera.pitch + 0.12 }
      : stage.camera;
    const camera = new PinholeCamera(place, still);
    for (const face of stage.faces) drawFace(still, camera, face, 0);
    for (const limb of stage.limbs ?? []) drawLimb(still, camera, limb, 0);
    for (const shadow of stage.shadows) drawFace(still, camera, shadow, 0);
    this.#made.set(turned, { camera, still });
    return { camera, still };
  }
}

function personShape(look: Appearance, moment: Moment, loopSeconds: number, camera: PinholeCamera): ThingShape {
  const { x, z, heading } = moment;
  const place: Vector = [x, 0, z];
  const limbs = bodyLimbs(look, { place, heading, posture: postureOf(moment, loopSeconds) }, camera);
  const lies = moment.doing === 'lie';
  return {
    limbs,
    faces: [],
    shadows: [groundShadow([x + 0.12, 0, z + 0.05], lies ? 0.8 : 0.42, lies ? 0.8 : 0.3, 0, 0.5)],
  };
}

function postureOf({ gone, speed, doing, since }: Moment, loopSeconds: number): Posture {
  const moving = walking(gone, speed);
  if (doing === 'lie') {
    const part = Math.min(1, since / fallingSeconds);
    return between(moving, lying, part * part * (3 - 2 * part));
  }
  if (doing !== 'work' || speed > 0.2) return moving;
  // A whole number of movements in the scene, so that it loops.
  const turns = Math.max(1, Math.round(loopSeconds / 3.2)) * (since / loopSeconds);
  return between(moving, working(turns), Math.min(1, since / 0.6, 1));
}

/** The smallest box round everything that is drawn of a thing, in pixels of the picture. */
function boxOf({ faces, limbs }: ThingShape, camera: PinholeCamera): SceneBox {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  const take = (x: number, y: number, radius: number) => {
    left = Math.min(left, x - radius);
    right = Math.max(right, x + radius);
    top = Math.min(top, y - radius);
    bottom = Math.max(bottom, y + radius);
  };
  for (const { corners } of faces)
    for (const corner of corners) {
      const { x, y } = camera.project(corner);
      take(x, y, 0);
    }
  for (const { from, to, radii, ends = [1, 1] } of limbs) {
    const [a, b] = [camera.project(from), camera.project(to)];
    take(a.x, a.y, radii[0]! * a.scale * Math.min(1, ends[0]));
    take(b.x, b.y, radii.at(-1)! * b.scale * Math.min(1, ends[1]));
  }
  return { x: left / 2, y: top / 2, width: (right - left) / 2, height: (bottom - top) / 2 };
}

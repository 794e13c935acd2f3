import { cross, dot, minus, type Vector } from './vector.ts';

export interface CameraPlace {
  /** Metres; the ground is y = 0. */
  readonly position: Vector;
  /** Radians, downwards. */
  readonly pitch: number;
  /** Radians, to the right. */
  readonly yaw?: number;
  /** Horizontal angle of view, radians. */
  readonly view: number;
}

/** A place in the picture: pixels from the top left, metres from the camera, pixels that a metre has there. */
export interface Projected {
  readonly x: number;
  readonly y: number;
  readonly depth: number;
  readonly scale: number;
}

/** A pinhole camera. */
export class PinholeCamera {
  readonly right: Vector;
  readonly up: Vector;
  readonly forward: Vector;
  readonly width: number;
  readonly height: number;
  readonly position: Vector;
  readonly focal: number;

  constructor({ position, pitch, yaw = 0, view }: CameraPlace, { width, height }: { width: number; height: number }) {
    this.position = position;
    this.forward = [Math.sin(yaw) * Math.cos(pitch), -Math.sin(pitch), Math.cos(yaw) * Math.cos(pitch)];
    this.right = [Math.cos(yaw), 0, -Math.sin(yaw)];
    this.up = cross(this.forward, this.right);
    this.width = width;
    this.height = height;
    this.focal = width / 2 / Math.tan(view / 2);
  }

  /** Nothing nearer than 10 cm can be drawn; such a place is taken to be there. */
  project(place: Vector): Projected {
    const from = minus(place, this.position);
    const depth = Math.max(0.1, dot(from, this.forward));
    const scale = this.focal / depth;
    return {
      x: this.width / 2 + scale * dot(from, this.right),
      y: this.height / 2 - scale * dot(from, this.up),
      depth,
      scale,
    };
  }

  /** A direction as the camera sees it: to the right, up, towards the camera. */
  seen(direction: Vector): Vector {
    return [dot(direction, this.right), dot(direction, this.up), -dot(direction, this.forward)];
  }
}

import { describe, expect, it } from 'vitest';
import type { Keypoint } from './body-part.ts';
import { viewPart } from './view-part.ts';

const frame = { width: 640, height: 480 };
const box = { x: 200, y: 100, width: 100, height: 300 };

/** A person who stands upright with arms down, seen from the front, in COCO's order. */
const standing: Keypoint[] = [
  ...[
    [250, 130],
    [256, 124],
    [244, 124],
    [264, 128],
    [236, 128],
    [280, 165],
    [220, 165],
    [288, 210],
    [212, 210],
    [290, 250],
    [210, 250],
    [270, 250],
    [230, 250],
    [270, 320],
    [230, 320],
    [270, 385],
    [230, 385],
  ],
].map(([x, y]) => ({ x: x!, y: y!, score: 0.9 }));

const turned = (keypoints: Keypoint[], angle: number, about = { x: 250, y: 250 }) =>
  keypoints.map(({ x, y, score }) => ({
    x: about.x + (x - about.x) * Math.cos(angle) - (y - about.y) * Math.sin(angle),
    y: about.y + (x - about.x) * Math.sin(angle) + (y - about.y) * Math.cos(angle),
    score,
  }));

const without = (...indices: number[]) =>
  standing.map((point, at) => (indices.includes(at) ? { ...point, score: 0.05 } : point));

describe('viewPart', () => {
  it('finds the head above the shoulders, with room for a hat', () => {
    const [head] = viewPart('head', { box, keypoints: standing }, frame).regions;
    expect(head).toMatchObject({ part: 'head', from: 'pose' });
    expect(head!.x).toBeCloseTo(250, 0);
    expect(head!.y - head!.height / 2).toBeLessThan(110);
    expect(head!.y + head!.height / 2).toBeGreaterThan(140);
    expect(head!.y + head!.height / 2).toBeLessThan(170);
    expect(head!.angle).toBeCloseTo(0, 5);
  });

  it('turns with the body', () => {
    const angle = Math.PI / 3;
    const lying = { box: { x: 100, y: 150, width: 300, height: 200 }, keypoints: turned(standing, angle) };
    for (const part of ['head', 'torso'] as const)
      expect(viewPart(part, lying, frame).regions[0]!.angle).toBeCloseTo(angle, 2);
  });

  it('finds the torso between shoulders and hips', () => {
    const [torso] = viewPart('torso', { box, keypoints: standing }, frame).regions;
    expect(torso!.y - torso!.height / 2).toBeLessThan(165);
    expect(torso!.y + torso!.height / 2).toBeCloseTo(250, -1);
    expect(torso!.width).toBeGreaterThan(60);
  });

  it('finds each hand beyond its wrist and each foot about its ankle', () => {
    const hands = viewPart('hands', { box, keypoints: standing }, frame).regions;
    expect(hands.map(({ side }) => side)).toEqual(['left', 'right']);
    for (const hand of hands) expect(hand.y).toBeGreaterThan(250);
    const feet = viewPart('feet', { box, keypoints: standing }, frame).regions;
    expect(feet).toHaveLength(2);
    for (const foot of feet) expect(Math.abs(foot.y - 385)).toBeLessThan(20);
  });

  it('leaves out the hand whose wrist is weak, and says when both are', () => {
    expect(viewPart('hands', { box, keypoints: without(9) }, frame).regions.map(({ side }) => side)).toEqual(['right']);
    expect(viewPart('hands', { box, keypoints: without(9, 10) }, frame)).toEqual({ regions: [], unseen: 'not-found' });
  });

  it('falls back on proportions where the pose is weak or missing', () => {
    for (const person of [{ box }, { box, keypoints: without(0, 1, 2, 3, 4) }]) {
      const [head] = viewPart('head', person, frame).regions;
      expect(head).toMatchObject({ from: 'proportions', x: 250 });
      expect(head!.y - head!.height / 2).toBeCloseTo(100, -1);
    }
    expect(viewPart('feet', { box }, frame).regions[0]).toMatchObject({ from: 'proportions' });
    expect(viewPart('hands', { box }, frame).unseen).toBe('not-found');
  });

  it('does not believe a pose that lies outside of the box', () => {
    const elsewhere = standing.map((point) => ({ ...point, x: point.x + 300 }));
    expect(viewPart('head', { box, keypoints: elsewhere }, frame).regions[0]!.from).toBe('proportions');
  });

  it('takes the head of somebody cut off at the hips from the width of the box', () => {
    const half = { x: 200, y: 100, width: 120, height: 140 };
    const [head] = viewPart('head', { box: half }, frame).regions;
    expect(head!.height).toBeGreaterThan(60);
    expect(viewPart('feet', { box: half }, frame).unseen).toBe('not-found');
  });

  it('says why a part cannot be judged', () => {
    const far = { x: 10, y: 10, width: 20, height: 60 };
    expect(viewPart('head', { box: far }, frame)).toEqual({ regions: [], unseen: 'too-small' });
    const leaving = { x: 600, y: 100, width: 100, height: 300 };
    expect(viewPart('head', { box: leaving }, frame).unseen).toBe('cut-off');
    const inFront = { x: 210, y: 80, width: 90, height: 360 };
    expect(viewPart('head', { box }, frame, [inFront]).unseen).toBe('hidden');
    const behind = { x: 210, y: 80, width: 90, height: 200 };
    expect(viewPart('head', { box }, frame, [behind]).unseen).toBeUndefined();
  });
});

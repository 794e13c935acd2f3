import { expect, it } from 'vitest';
import { stepOf } from './guide-steps.ts';

it('stands where the work stands, so that a page loaded again goes on', () => {
  const none = { hasDataset: false, hasInspection: false, isTrained: false, asked: undefined };
  expect(stepOf(none)).toBe('about');
  expect(stepOf({ ...none, asked: 'promise' })).toBe('about');
  expect(stepOf({ ...none, hasDataset: true })).toBe('pictures');
  expect(stepOf({ ...none, hasDataset: true, asked: 'promise' })).toBe('promise');
  expect(stepOf({ ...none, hasDataset: true, hasInspection: true })).toBe('train');
  expect(stepOf({ ...none, hasDataset: true, hasInspection: true, isTrained: true })).toBe('station');
});

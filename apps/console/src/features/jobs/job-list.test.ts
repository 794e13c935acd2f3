import { describe, expect, it } from 'vitest';
import type { Job } from '../../api/types.ts';
import { evidenceOf, mergeJob, timeLeft } from './job-list.ts';

const job = (id: string, state: Job['state'] = 'running'): Job => ({
  id,
  state,
  type: 'cloud.import',
  subject: null,
  siteId: null,
  actor: { id: 'a', name: 'admin' },
  progress: 0.25,
  message: '',
  note: null,
  result: null,
  error: null,
  createdAt: '2024-01-01T00:00:00Z',
  startedAt: '2024-01-01T00:00:00Z',
  finishedAt: null,
});

describe('job list', () => {
  it('replaces a job it knows and puts a new one in front', () => {
    const jobs = [job('a'), job('b')];
    expect(mergeJob(jobs, job('b', 'done')).map(({ state }) => state)).toEqual(['running', 'done']);
    expect(mergeJob(jobs, job('c')).map(({ id }) => id)).toEqual(['c', 'a', 'b']);
  });
  it('reckons the time left from the pace so far', () => {
    expect(timeLeft(job('a'), Date.parse('2024-01-01T00:00:10Z'))).toBe(30_000);
    expect(timeLeft(job('a'), Date.parse('2024-01-01T00:00:01Z'))).toBeUndefined();
    expect(timeLeft(job('a', 'done'), Date.parse('2024-01-01T00:00:10Z'))).toBeUndefined();
  });
  it('finds the evidence a result names', () => {
    expect(evidenceOf({ rows: 3, evidence: 'x' })).toBe('x');
    expect(evidenceOf(null)).toBeUndefined();
  });
});

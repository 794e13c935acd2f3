import { describe, expect, it } from 'vitest';
import { Events } from './index.ts';

declare module '@millwright/kernel' {
  interface EventMap {
    'toy-fall': { readonly height: number };
  }
}

describe('events', () => {
  it('reach every listener in order, until it stops listening', () => {
    const heard: string[] = [];
    const events = new Events(() => undefined);
    const stop = events.on('toy-fall', ({ height }) => heard.push(`one ${height}`));
    events.on('toy-fall', ({ height }) => heard.push(`two ${height}`));
    events.emit('toy-fall', { height: 1 });
    stop();
    stop();
    events.emit('toy-fall', { height: 2 });
    expect(heard).toEqual(['one 1', 'two 1', 'two 2']);
  });

  it('reach the others when a listener fails, and the failure is reported', () => {
    const heard: number[] = [];
    const reported: unknown[] = [];
    const events = new Events((error, name) => reported.push([name, (error as Error).message]));
    events.on('toy-fall', () => {
      throw new Error('ouch');
    });
    events.on('toy-fall', ({ height }) => heard.push(height));
    events.emit('toy-fall', { height: 3 });
    expect(heard).toEqual([3]);
    expect(reported).toEqual([['toy-fall', 'ouch']]);
  });

  it('may be listened to by nobody', () => {
    new Events(() => undefined).emit('toy-fall', { height: 1 });
  });
});

import { EventEmitter } from 'node:events';
import { type Actor, MillwrightError, operatorActor } from '@millwright/kernel';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { OpenConnections } from './open-connections.ts';

class Socket extends EventEmitter {
  readonly closed: [code: number | undefined, reason: string][] = [];
  close(code?: number, reason?: string | Buffer): void {
    this.closed.push([code, String(reason)]);
    this.emit('close');
  }
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** A connection of somebody who is `who()` by now. */
function opened(who: () => Promise<Actor | undefined>, look: (actor: Actor) => void = () => undefined) {
  const connections = new OpenConnections();
  const socket = new Socket();
  connections.add({ socket: socket as never, now: who, look });
  return { connections, socket };
}

describe('an open connection', () => {
  it('ends within a minute once its session has expired', async () => {
    let actor: Actor | undefined = operatorActor;
    const { socket } = opened(async () => actor);
    await vi.advanceTimersByTimeAsync(300_000);
    expect(socket.closed).toEqual([]);
    actor = undefined;
    await vi.advanceTimersByTimeAsync(60_000);
    expect(socket.closed).toEqual([[4401, 'signed out']]);
    await vi.advanceTimersByTimeAsync(120_000);
    expect(socket.closed).toHaveLength(1);
  });

  it('ends with the code of what refuses it, at once when rights change', async () => {
    const { connections, socket } = opened(
      async () => operatorActor,
      () => {
        throw new MillwrightError('ACCESS_DENIED', 403, 'no', {});
      },
    );
    connections.recheck();
    await vi.advanceTimersByTimeAsync(0);
    expect(socket.closed).toEqual([[4403, 'ACCESS_DENIED']]);
  });

  it('is told of rights in the order in which they changed, however long the first answer takes', async () => {
    const told: string[] = [];
    const answers = [
      new Promise<Actor>((resolve) => setTimeout(() => resolve({ ...operatorActor, name: 'before' }), 5_000)),
      Promise.resolve({ ...operatorActor, name: 'after' }),
    ];
    const { connections } = opened(
      () => answers.shift()!,
      ({ name }) => void told.push(name),
    );
    connections.recheck();
    connections.recheck();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(told).toEqual(['before', 'after']);
  });

  it('goes on while the database is away', async () => {
    const { socket } = opened(async () => {
      throw new Error('connection refused');
    });
    await vi.advanceTimersByTimeAsync(180_000);
    expect(socket.closed).toEqual([]);
  });
});

import type { PublishPacket } from 'aedes';
import type { WaitingLimit } from './intake-gate.ts';

/**
 * What the broker keeps for one client with a kept session (clean session off) that is away or behind. Mosquitto keeps
 * 1,000 messages too; more would also be slow, since aedes goes through the whole queue for each one it sends.
 */
export const offlineLimit: WaitingLimit = { messages: 1_000, bytes: 16 * 1024 * 1024 };

/** The part of aedes' persistence that is needed here; its types leave it out. */
export interface OutgoingStore {
  outgoingEnqueueCombi(subscribers: { clientId: string }[], packet: PublishPacket): Promise<void>;
  outgoingClearMessageId(client: { id: string }, packet: PublishPacket): Promise<PublishPacket | undefined>;
}

interface Kept {
  messages: number;
  bytes: number;
  dropping: boolean;
}

/** Keeps the queues of absent clients from growing without end: what comes after the limit is dropped for that client. */
export function limitOfflineQueues(store: OutgoingStore, onDropping: (clientId: string) => void): void {
  const queues = new Map<string, Kept>();
  const enqueue = store.outgoingEnqueueCombi.bind(store);
  const clear = store.outgoingClearMessageId.bind(store);

  store.outgoingEnqueueCombi = (subscribers, packet) => {
    if (subscribers.length === 0) return enqueue(subscribers, packet);
    const taking = subscribers.filter(({ clientId }) => {
      const kept = queues.get(clientId) ?? { messages: 0, bytes: 0, dropping: false };
      queues.set(clientId, kept);
      if (kept.messages >= offlineLimit.messages || kept.bytes >= offlineLimit.bytes) {
        if (!kept.dropping) onDropping(clientId);
        kept.dropping = true;
        return false;
      }
      kept.messages++;
      kept.bytes += packet.payload.length;
      return true;
    });
    // A payload is a window on a whole read of the socket, which the queue would keep alive.
    packet.payload = Buffer.from(packet.payload);
    return enqueue(taking, packet);
  };

  store.outgoingClearMessageId = async (client, packet) => {
    const cleared = await clear(client, packet);
    const kept = queues.get(client.id);
    if (!cleared || !kept) return cleared;
    kept.messages--;
    kept.bytes -= cleared.payload?.length ?? 0;
    if (kept.messages <= 0) queues.delete(client.id);
    return cleared;
  };
}

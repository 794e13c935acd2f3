import type { BrokerAccess, BrokerClient, Bus, BusMessage } from '@millwright/bus';
import { secretHash } from '@millwright/http';
import type { Logger } from '@millwright/kernel';
import type { EdgeBoxService } from './box-service.ts';
import { actorOf } from './box-service.ts';
import type { BoxSignals } from './box-signals.ts';
import { edgeBatchSchema, edgeBrokerUser, edgeTopics } from './contract.ts';
import { sealed, unsealed } from './mac.ts';
import type { UplinkService } from './uplink-service.ts';

const userPrefix = edgeBrokerUser('');

/** Boxes on the broker: lets each in to its own two topics, takes what it publishes, answers with receipts. */
export class BrokerLink implements BrokerAccess {
  #boxes: EdgeBoxService;
  #uplink: UplinkService;
  #signals: BoxSignals;
  #others: BrokerAccess;
  #logger: Logger;

  constructor(parts: {
    boxes: EdgeBoxService;
    uplink: UplinkService;
    signals: BoxSignals;
    others: BrokerAccess;
    logger: Logger;
  }) {
    this.#boxes = parts.boxes;
    this.#uplink = parts.uplink;
    this.#signals = parts.signals;
    this.#others = parts.others;
    this.#logger = parts.logger;
  }

  async authenticate(clientId: string, username?: string, password?: string): Promise<BrokerClient | null> {
    if (!username?.startsWith(userPrefix)) return this.#others.authenticate(clientId, username, password);
    const boxId = username.slice(userPrefix.length);
    // Before the question, so that a withdrawal between question and answer is not missed.
    const revoked = this.#signals.right(boxId);
    const box = await this.#boxes.repository.box(boxId);
    if (!box || !password || box.secret_hash !== secretHash(password)) return null;
    const { up, down } = edgeTopics(boxId);
    return { revoked, mayPublish: (topic) => topic === up, maySubscribe: (filter) => filter === down };
  }

  /** Takes uplinks of all boxes until the returned function is called. */
  async listen(bus: Bus): Promise<() => Promise<void>> {
    return bus.subscribe(edgeTopics('+').up, (message) => this.#take(bus, message));
  }

  async #take(bus: Bus, { topic, payload }: BusMessage): Promise<void> {
    const boxId = topic.split('/')[2]!;
    const box = await this.#boxes.repository.box(boxId);
    if (!box?.secret_hash) return;
    const content = unsealed(box.secret_hash, 'up', Buffer.from(payload).toString());
    const batch = edgeBatchSchema.safeParse(content);
    // What is not from the box, or no batch, will not become one by being sent again.
    if (!batch.success) {
      this.#logger.warn({ boxId, topic }, 'an edge message over MQTT was refused');
      return;
    }
    await this.#boxes.caller(actorOf(box));
    const receipt = await this.#uplink.take(box, batch.data);
    await bus.publish(edgeTopics(boxId).down, sealed(box.secret_hash, 'down', receipt));
  }
}

import { namespacesOf, type Opcua, type PreparedClient, prepareClient, resolveKey } from '@millwright/cloud/opcua';
import { sleep } from '@millwright/kernel';
import type { ClientSession, DataType, NodeId } from 'node-opcua';
import type { PlcSettings } from '../plc-settings.ts';
import type { Shown } from '../shown.ts';
import { type SignalName, signalNames, signalNodes } from '../signal-names.ts';

/** A controller that takes so long for a write is lost to the line. */
const latestMs = 3_000;

interface Target {
  readonly name: SignalName;
  readonly nodeId: NodeId;
  readonly dataType: DataType;
}

type Value = string | number | boolean;

/** One connection to the OPC UA server of a controller, from its beginning to its end. */
export class PlcLink {
  readonly #opcua: Opcua;
  readonly #prepared: PreparedClient;
  readonly #session: ClientSession;
  readonly #targets: readonly Target[];
  readonly #written = new Map<SignalName, Value>();

  private constructor(opcua: Opcua, prepared: PreparedClient, session: ClientSession, targets: readonly Target[]) {
    this.#opcua = opcua;
    this.#prepared = prepared;
    this.#session = session;
    this.#targets = targets;
  }

  /** Rejects when the server cannot be reached, does not trust this side or is not trusted, or has no such node. */
  static async open(
    opcua: Opcua,
    { url, security, username, password, nodes }: PlcSettings,
    { folder, sourceId, onLost }: { readonly folder: string; readonly sourceId: string; readonly onLost: () => void },
  ): Promise<PlcLink> {
    const config = {
      ...{ endpointUrl: url, securityMode: security },
      ...(username !== undefined && { user: username, password: password ?? '' }),
    };
    const prepared = await prepareClient(opcua, { config, folder, sourceId }, onLost);
    try {
      const session = await prepared.connect();
      const namespaces = await namespacesOf(opcua, session);
      const targets: Target[] = [];
      for (const name of signalNames) {
        const key = nodes[name];
        if (key === undefined) continue;
        try {
          const nodeId = resolveKey(opcua, key, namespaces);
          // Controllers have types of their own, which stand for those of the standard.
          targets.push({ name, nodeId, dataType: await session.getBuiltInDataType(nodeId) });
        } catch (error) {
          throw new Error(`${name} (${key}): ${error instanceof Error ? error.message : String(error)}`, {
            cause: error,
          });
        }
      }
      return new PlcLink(opcua, prepared, session, targets);
    } catch (error) {
      await end(prepared);
      throw error;
    }
  }

  /**
   * Writes what differs from what was written last. What says that something is so goes first where it is so no more, and last
   * where it is now: whoever sees ResultValid finds the numbers of that part.
   */
  async write(shown: Shown): Promise<void> {
    const changed = this.#targets.filter(({ name }) => this.#written.get(name) !== valueIn(name, shown));
    const isBit = ({ name }: Target) => signalNodes[name][0] === 'Boolean';
    const falling = changed.filter((target) => isBit(target) && valueIn(target.name, shown) === false);
    const rising = changed.filter((target) => isBit(target) && valueIn(target.name, shown) === true);
    const others = changed.filter((target) => !isBit(target));
    for (const targets of [falling, others, rising]) await this.#send(targets, shown);
  }

  async close(): Promise<void> {
    await this.#session.close(true).catch(() => undefined); // The connection may be gone already.
    await end(this.#prepared);
  }

  async #send(targets: readonly Target[], shown: Shown): Promise<void> {
    if (targets.length === 0) return;
    const { AttributeIds } = this.#opcua;
    const written = this.#session.write(
      targets.map(({ name, nodeId, dataType }) => ({
        ...{ nodeId, attributeId: AttributeIds.Value },
        value: { value: { dataType, value: this.#typed(valueIn(name, shown), dataType) } },
      })),
    );
    const statuses = await within(latestMs, written);
    for (const [at, { name }] of targets.entries()) {
      const status = statuses[at]!;
      if (!status.isGood()) throw new Error(`${name} was not taken: ${status.name}`);
      this.#written.set(name, valueIn(name, shown));
    }
  }

  /** As the node of the controller holds it. */
  #typed(value: Value, dataType: DataType): unknown {
    const { DataType: types } = this.#opcua;
    if (dataType === types.String) return String(value);
    if (dataType === types.Boolean && typeof value === 'boolean') return value;
    const isReal = dataType === types.Float || dataType === types.Double;
    if (isReal && typeof value !== 'string') return Number(value);
    const most = mostOf(types[dataType]);
    if (most === undefined || typeof value === 'string')
      throw new Error(`a node of the type ${types[dataType]} cannot hold ${JSON.stringify(value)}`);
    // What is too large for the node goes round, as a heartbeat may.
    const whole = Math.trunc(Number(value)) % (most + 1);
    const halves = BigInt(Math.max(whole, 0));
    return /64$/.test(types[dataType]) ? [Number(halves >> 32n), Number(halves & 0xffff_ffffn)] : whole;
  }
}

const valueIn = (name: SignalName, shown: Shown): Value => shown[signalNodes[name][1]];

const mostOf = (type: string): number | undefined =>
  ({
    ...{ SByte: 127, Byte: 255, Int16: 32_767, UInt16: 65_535, Int32: 2_147_483_647, UInt32: 4_294_967_295 },
    ...{ Int64: Number.MAX_SAFE_INTEGER - 1, UInt64: Number.MAX_SAFE_INTEGER - 1 },
  })[type];

async function end({ client, certificates }: PreparedClient): Promise<void> {
  await client.disconnect().catch(() => undefined); // It may never have been connected.
  await certificates.dispose();
}

async function within<T>(ms: number, work: Promise<T>): Promise<T> {
  const enough = new AbortController();
  const late = sleep(ms, enough.signal).then(() => {
    if (!enough.signal.aborted) throw new Error(`no answer within ${ms / 1000} s`);
    return work;
  });
  return Promise.race([work, late]).finally(() => enough.abort());
}

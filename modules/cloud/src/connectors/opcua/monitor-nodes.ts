import type { ClientSession, ClientSubscription, DataValue, MonitoringParametersOptions } from 'node-opcua';
import type { OpcuaConfig } from './opcua-config.ts';
import type { Opcua } from './opcua-library.ts';
import { chunksOf, type ServerLimits } from './server-limits.ts';
import type { WatchedNode } from './watched-node.ts';

export interface Monitored {
  readonly subscribed: WatchedNode[];
  /** Nodes the server has no monitored item left for; they have to be read instead. */
  readonly left: WatchedNode[];
  /** Nodes the server refuses, with its reason. */
  readonly refused: { readonly node: WatchedNode; readonly reason: string }[];
}

/** Keep-alives come after about this long without news, so a silent server is told from a quiet one. */
const keepAliveMs = 5_000;
/** The server drops our subscriptions when it has not heard from us for this long. */
const lifetimeMs = 60_000;

/**
 * Subscribes to as many nodes as the server allows, in calls no larger than it allows; never asks for more once it
 * has said that it is full.
 */
export async function monitorNodes(options: {
  opcua: Opcua;
  session: ClientSession;
  config: OpcuaConfig;
  limits: ServerLimits;
  nodes: readonly WatchedNode[];
  onValue: (node: WatchedNode, value: DataValue) => void;
}): Promise<Monitored> {
  const { limits, nodes } = options;
  const result: Monitored = { subscribed: [], left: [], refused: [] };
  const wanted = nodes.slice(0, Math.min(nodes.length, limits.monitoredItems));
  result.left.push(...nodes.slice(wanted.length));
  let subscription: ClientSubscription | undefined;
  let inSubscription = 0;
  let full = false;
  const calls = chunksOf(wanted, Math.min(limits.monitoredItemsPerCall, limits.monitoredItemsPerSubscription));
  for (const chunk of calls) {
    if (!full && (!subscription || inSubscription + chunk.length > limits.monitoredItemsPerSubscription)) {
      try {
        subscription = await subscribe(options.session, options.config);
        inSubscription = 0;
      } catch (error) {
        // The first subscription must succeed; of further ones the server may have no more.
        if (!subscription) throw error;
        full = true;
      }
    }
    if (full || !subscription) {
      result.left.push(...chunk);
      continue;
    }
    inSubscription += chunk.length;
    const outcome = await monitorChunk({ ...options, subscription, chunk });
    result.subscribed.push(...outcome.subscribed);
    result.left.push(...outcome.left);
    result.refused.push(...outcome.refused);
    full = outcome.left.length > 0;
  }
  return result;
}

async function subscribe(session: ClientSession, config: OpcuaConfig): Promise<ClientSubscription> {
  const keepAliveCount = Math.max(1, Math.round(keepAliveMs / config.publishingMs));
  return session.createSubscription2({
    requestedPublishingInterval: config.publishingMs,
    requestedMaxKeepAliveCount: keepAliveCount,
    requestedLifetimeCount: Math.max(keepAliveCount * 3, Math.ceil(lifetimeMs / config.publishingMs)),
    maxNotificationsPerPublish: 10_000,
    publishingEnabled: true,
    priority: 1,
  });
}

async function monitorChunk(options: {
  opcua: Opcua;
  config: OpcuaConfig;
  subscription: ClientSubscription;
  chunk: readonly WatchedNode[];
  onValue: (node: WatchedNode, value: DataValue) => void;
}): Promise<Monitored> {
  const { opcua, config } = options;
  const first = await createItems(options, options.chunk, parametersOf(opcua, config, true));
  const noFilter: WatchedNode[] = [];
  const result: Monitored = { subscribed: [], left: [], refused: [] };
  const sort = (node: WatchedNode, code: string, good: boolean) => {
    if (good) result.subscribed.push(node);
    else if (/^BadTooManyMonitoredItems/.test(code)) result.left.push(node);
    else if (config.deadband && /Filter|Deadband/.test(code)) noFilter.push(node);
    else result.refused.push({ node, reason: code });
  };
  for (const { node, code, good } of first) sort(node, code, good);
  if (noFilter.length > 0) {
    // A node without a range, or that is no number, takes no deadband but can still be watched.
    const again = noFilter.splice(0);
    for (const { node, code, good } of await createItems(options, again, parametersOf(opcua, config, false))) {
      if (!good && /Filter|Deadband/.test(code)) result.refused.push({ node, reason: code });
      else sort(node, code, good);
    }
  }
  return result;
}

async function createItems(
  options: {
    opcua: Opcua;
    subscription: ClientSubscription;
    onValue: (node: WatchedNode, value: DataValue) => void;
  },
  nodes: readonly WatchedNode[],
  parameters: MonitoringParametersOptions,
): Promise<{ node: WatchedNode; code: string; good: boolean }[]> {
  const { opcua, subscription, onValue } = options;
  const items = nodes.map(({ nodeId }) => ({ nodeId, attributeId: opcua.AttributeIds.Value }));
  const group = opcua.ClientMonitoredItemGroup.create(subscription, items, parameters, opcua.TimestampsToReturn.Both);
  group.on('changed', (_, value, index) => onValue(nodes[index]!, value));
  await new Promise<void>((resolve, reject) => {
    group.on('initialized', resolve);
    group.on('err', (message) => reject(new Error(message)));
  });
  return nodes.map((node, index) => {
    const { statusCode } = group.monitoredItems[index]!;
    return { node, code: statusCode.name, good: statusCode.isGood() };
  });
}

function parametersOf(opcua: Opcua, config: OpcuaConfig, withDeadband: boolean): MonitoringParametersOptions {
  const perPublish = config.samplingMs > 0 ? Math.ceil(config.publishingMs / config.samplingMs) : 10;
  const filter =
    withDeadband && config.deadband
      ? new opcua.DataChangeFilter({
          trigger: opcua.DataChangeTrigger.StatusValue,
          deadbandType: opcua.DeadbandType[config.deadband.type === 'absolute' ? 'Absolute' : 'Percent'],
          deadbandValue: config.deadband.value,
        })
      : undefined;
  return {
    samplingInterval: config.samplingMs,
    // Twice of what fits between two publications, so that a late one loses nothing.
    queueSize: Math.max(2, perPublish * 2),
    discardOldest: true,
    ...(filter ? { filter } : {}),
  };
}

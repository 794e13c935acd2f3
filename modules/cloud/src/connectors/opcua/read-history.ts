import type { ClientSession, DataValue, HistoryReadResult } from 'node-opcua';
import type { Opcua } from './opcua-library.ts';
import { chunksOf } from './server-limits.ts';
import type { WatchedNode } from './watched-node.ts';

export interface HistorySpan {
  readonly node: WatchedNode;
  /** Newest stored time; what is newer is asked for. */
  readonly after: number;
}

export interface HistoryOutcome {
  readonly values: number;
  /** Nodes without history, with the server's reason. */
  readonly without: { readonly node: WatchedNode; readonly reason: string }[];
  /** False when a node failed for a reason that may pass. */
  readonly complete: boolean;
}

/** Values of one node in one answer; a longer history comes in several. */
const valuesPerAnswer = 1_000;
/** Nodes whose newest times lie this close are asked together; what overlaps is dropped here. */
const togetherMs = 60_000;

/** Answers that will be the same next time; any other may pass, so what it concerns is asked for again at the next connection. */
const lasting = /History|Unsupported|NotSupported|NotImplemented|NotReadable|NotFound|AccessDenied|NodeId/;

/**
 * Raw history of each node from its newest stored time to `until`, through all continuation points. `onValues` is
 * awaited, so a slow database holds the server back instead of filling the memory.
 */
export async function readHistory(options: {
  opcua: Opcua;
  session: ClientSession;
  spans: readonly HistorySpan[];
  until: number;
  nodesPerCall: number;
  valuesPerAnswer?: number;
  signal: AbortSignal;
  onValues: (node: WatchedNode, values: DataValue[]) => Promise<void>;
}): Promise<HistoryOutcome> {
  const without: { node: WatchedNode; reason: string }[] = [];
  let values = 0;
  for (const group of groupsOf(options.spans, options.nodesPerCall)) {
    const { opcua, session, until } = options;
    const { HistoryReadRequest, ReadRawModifiedDetails, TimestampsToReturn } = opcua;
    const details = new ReadRawModifiedDetails({
      isReadModified: false,
      startTime: new Date(group[0]!.after),
      endTime: new Date(until),
      numValuesPerNode: options.valuesPerAnswer ?? valuesPerAnswer,
      returnBounds: false,
    });
    let todo = group.map((span) => ({ span, continuationPoint: undefined as Buffer | undefined }));
    while (todo.length > 0) {
      const response = await answerOrFault(
        session.historyRead(
          new HistoryReadRequest({
            historyReadDetails: details,
            timestampsToReturn: TimestampsToReturn.Both,
            releaseContinuationPoints: options.signal.aborted,
            nodesToRead: todo.map(({ span, continuationPoint }) => ({
              nodeId: span.node.nodeId,
              ...(continuationPoint ? { continuationPoint } : {}),
            })),
          }),
        ),
      );
      if (typeof response === 'string') {
        for (const { span } of todo) without.push({ node: span.node, reason: response });
        break;
      }
      if (options.signal.aborted)
        return { values, without, complete: without.every(({ reason }) => lasting.test(reason)) };
      const next: typeof todo = [];
      for (const [index, { span }] of todo.entries()) {
        const result = response.results?.[index];
        if (!result || (result.statusCode.isNot(opcua.StatusCodes.GoodNoData) && !result.statusCode.isGood())) {
          without.push({ node: span.node, reason: result?.statusCode.name ?? 'no answer' });
          continue;
        }
        const found = valuesOf(result).filter((value) => (value.sourceTimestamp?.getTime() ?? until) > span.after);
        values += found.length;
        if (found.length > 0) await options.onValues(span.node, found);
        const { continuationPoint } = result;
        if (continuationPoint && continuationPoint.length > 0) next.push({ span, continuationPoint });
      }
      todo = next;
    }
  }
  return { values, without, complete: without.every(({ reason }) => lasting.test(reason)) };
}

/** A server without the history service refuses the call as a whole; that is an answer, not a lost link. */
async function answerOrFault<T>(call: Promise<T>): Promise<T | string> {
  try {
    return await call;
  } catch (error) {
    const fault = (error as { response?: { responseHeader?: { serviceResult?: { name?: string } } } }).response;
    const name = fault?.responseHeader?.serviceResult?.name;
    if (name === undefined || !lasting.test(name)) throw error;
    return name;
  }
}

function valuesOf(result: HistoryReadResult): DataValue[] {
  const data = result.historyData as { dataValues?: DataValue[] | null } | null | undefined;
  return data?.dataValues ?? [];
}

/** Spans sorted by start, together where their starts lie close and the server takes so many. */
function groupsOf(spans: readonly HistorySpan[], most: number): HistorySpan[][] {
  const sorted = spans.toSorted((a, b) => a.after - b.after);
  const groups: HistorySpan[][] = [];
  let group: HistorySpan[] = [];
  for (const span of sorted) {
    if (group.length > 0 && span.after - group[0]!.after > togetherMs) {
      groups.push(group);
      group = [];
    }
    group.push(span);
  }
  if (group.length > 0) groups.push(group);
  return groups.flatMap((one) => chunksOf(one, most));
}
